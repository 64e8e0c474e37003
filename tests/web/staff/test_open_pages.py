"""Does the public site know nothing of casework: no page, no connection, not even the code?"""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event

from matcher.desk import open_desk
from tests.web.conftest import ROOT
from tests.web.staff.addresses import filled, private_rules
from tests.web.staff.conftest import StaffSite
from tests.web.test_routes import PUBLIC
from web import create_app
from web.private import is_private
from web.staff import door

POISON = "postgresql+psycopg://nobody@127.0.0.1:1/never"
# Asked in a process of its own, so that nothing another test has loaded is counted.
PROCESS = """
import json, sys
from dataclasses import replace
from pathlib import Path
from directory.settings import Settings
from web import create_app
settings = Settings.from_environment(json.loads(sys.argv[1]))
client = create_app(settings, "public").test_client()
statuses = [client.get(address).status_code for address in json.loads(sys.argv[2])]
loaded = [name for name in sys.modules if name.split(".")[:2] in (["web", "desks"], ["web", "staff"])]
print(json.dumps({"statuses": statuses, "loaded": loaded}))
"""


def addresses(site: StaffSite) -> list[str]:
    """Every open address that needs no argument, a listing, and what is not there."""
    plain = [address for address in PUBLIC if "<" not in address]
    return [*plain, f"/listings/{site.town.rich}", "/nowhere", "/desk/", "/desk/sign-in"]


def test_the_public_mode_has_no_private_address(staff_site: StaffSite) -> None:
    app = create_app(staff_site.settings, "public")
    assert list(private_rules(app)) == []
    assert not [rule.rule for rule in app.url_map.iter_rules() if is_private(rule.rule)]
    everything = create_app(staff_site.settings, "all")
    private = [filled(everything, rule) for rule in private_rules(everything)]
    client = app.test_client()
    assert len(private) >= 7
    assert {client.open(address, method=method).status_code for address in private for method in ("GET", "POST")} == {404}


def test_the_public_mode_loads_nothing_of_the_desks_and_never_opens_casework(staff_site: StaffSite, tmp_path) -> None:
    environ = {
        "DIRECTORY_DATABASE_URL": staff_site.settings.directory_database_url, "CASEWORK_DATABASE_URL": POISON,
        "CASEWORK_KEY_FILE": str(tmp_path / "none" / "keys.json"), "YORIDOKORO_INSTANCE": str(tmp_path),
        "YORIDOKORO_TODAY": "2026-11-24",
    }
    command = [sys.executable, "-c", PROCESS, json.dumps(environ), json.dumps(addresses(staff_site))]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=True)
    answer = json.loads(ran.stdout.splitlines()[-1])
    assert set(answer["statuses"]) == {200, 303, 404} and answer["statuses"][-2:] == [404, 404]
    assert answer["loaded"] == []
    assert not (tmp_path / "none").exists()


def test_open_pages_of_a_site_with_desks_do_not_open_casework_either(
    staff_site: StaffSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(replace(staff_site.settings, casework_database_url=POISON), "all")
    opened: list[str] = []
    monkeypatch.setattr(door, "open_desk", lambda settings: opened.append("opened") or open_desk(settings))
    connected: list[str] = []

    def connects(_dialect, _record, arguments, keywords) -> None:
        connected.append(f"{arguments} {keywords}")

    event.listen(Engine, "do_connect", connects)
    try:
        client = app.test_client()
        assert {client.get(one).status_code for one in addresses(staff_site)[:-2]} == {200, 303, 404}
        assert opened == [] and not [one for one in connected if "casework" in one or "never" in one]
        assert client.get("/desk/sign-in").status_code == 503
        assert opened == ["opened"], "the watch sees it when it happens"
    finally:
        event.remove(Engine, "do_connect", connects)
