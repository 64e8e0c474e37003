"""Which addresses does each mode serve? All of them stand here; whoever adds a page adds its row."""

from pathlib import Path

import pytest

from directory.db import make_engine
from directory.publishing import publish
from directory.vocabulary import load_vocabulary
from tests.factories import NOW
from tests.web.conftest import ROOT, TODAY, Site, settings_for
from web import create_app

READ, FORM = "GET", "GET POST"

# What residents are served, and how.
PUBLIC: dict[str, str] = {
    "/": READ,
    "/search": READ,
    "/search.ics": READ,
    "/suggest": READ,
    "/map/<version>/ground.json": READ,
    "/listings/<listing_id>": READ,
    "/listings/<listing_id>.ics": READ,
    "/listings/<listing_id>/print": READ,
    "/listings/<listing_id>/report": FORM,
    "/calendar": READ,
    "/monthly": READ,
    "/areas/": READ,
    "/areas/<name>": READ,
    "/areas/<name>/print": READ,
    "/categories/": READ,
    "/categories/<kind>": READ,
    "/consult": READ,
    "/family": READ,
    "/for-me": FORM,
    "/my-list": FORM,
    "/my-list.ics": READ,
    "/my-list/print": READ,
    "/settings": FORM,
    "/wish": FORM,
    "/apply": READ,
    "/apply/<step>": FORM,
    "/apply/check": FORM,
    "/apply/sent": READ,
    "/apply/status": READ,
    "/apply/stop": "POST",
    "/update": FORM,
    "/update/change": FORM,
    "/update/sent": READ,
    "/about": READ,
    "/about/viewers": READ,
    "/about/viewers.csv": READ,
    "/accessibility": READ,
    "/privacy": READ,
    "/sitemap.xml": READ,
    "/sitemap-<int:number>.xml": READ,
    "/robots.txt": READ,
    "/static/<version>/<name>": READ,
    "/healthz": READ,
}
# Served besides, on a machine of those who build the site.
ALSO_IN_ALL: dict[str, str] = {"/patterns": READ}
SEND = "POST"
# For staff only; who may open which is asked in tests/web/staff.
DESKS: dict[str, str] = {
    "/desk/": READ,
    "/desk/sign-in": FORM,
    "/desk/sign-in/code": FORM,
    "/desk/sign-out": SEND,
    "/desk/stay": SEND,
    "/desk/home": READ,
    "/desk/new": FORM,
    "/desk/conferences": FORM,
    "/desk/conferences/<conference_id>/members": SEND,
    **{f"/desk/participants/<pid>{page}": READ for page in ("", "/log")},
    **{f"/desk/participants/<pid>{page}": FORM for page in (
        "/candidates", "/conditions/<step>", "/consents", "/enquiries", "/no-contact", "/notes", "/placements",
        "/placements/<placement_id>/paper", "/team")},
    **{f"/desk/participants/<pid>{page}": SEND for page in (
        "/agenda", "/candidates/choose", "/candidates/confirm", "/candidates/exclude", "/candidates/keep",
        "/candidates/override", "/candidates/take-back", "/close", "/compare", "/consents/withdraw", "/no-contact/remove",
        "/placements/<placement_id>", "/rename", "/sheet")},
    "/desk/emergency": FORM, "/desk/emergency/end": SEND, "/desk/emergencies": READ, "/desk/emergencies/<emergency_id>": SEND,
    "/desk/participants/<pid>/erase": FORM, "/desk/audit": READ,
    "/desk/curation/": READ,
    "/desk/curation/queue": FORM,
    "/desk/curation/acts/<act_id>/undo": SEND,
    "/desk/curation/aside": SEND,
    "/desk/curation/letters/<letter_id>": FORM,
    "/desk/curation/proposals/<proposal_id>": FORM,
    "/desk/curation/proposals/<proposal_id>/close": SEND,
    "/desk/curation/new": FORM,
    "/desk/curation/records/<record>": READ,
    "/desk/curation/listings": READ,
    "/desk/curation/listings/<listing_id>": READ,
    "/desk/curation/listings/<listing_id>/edit/<section>": FORM,
    "/desk/curation/listings/<listing_id>/history": FORM,
    **{f"/desk/curation/listings/<listing_id>/{act}": SEND for act in ("assure", "status", "today")},
    "/desk/curation/duplicates": FORM,
    "/desk/curation/duplicates/<listing_id>/<other_id>": FORM,
    "/desk/curation/duplicates/<listing_id>/<other_id>/different": SEND,
    "/desk/curation/merges/<merge_id>": SEND,
    "/desk/curation/uploads": FORM,
    "/desk/curation/uploads/<upload_id>": READ,
    "/desk/curation/uploads/<upload_id>/annotated.xlsx": READ,
    "/desk/curation/uploads/<upload_id>/rows/<int:row>": SEND,
    **{f"/desk/curation/uploads/<upload_id>/{act}": SEND for act in (
        "columns", "back", "confirm", "undo", "drop", "again", "copy")},
    "/desk/curation/gaps": READ,
    "/desk/curation/gaps/<area>/<need>": FORM,
    **{f"/desk/curation/{page}": READ for page in ("freshness", "campaign", "activity", "activity.xlsx")},
    "/desk/curation/freshness/<listing_id>": FORM,
    "/desk/curation/applications/<letter_id>": FORM,
    "/desk/curation/mailings": FORM,
    "/desk/curation/mailings/<int:mailing_id>": READ,
    "/desk/curation/mailings/<int:mailing_id>/sheets": READ,
    "/desk/curation/returns": FORM,
    "/desk/curation/duties": FORM,
    "/desk/curation/duties/hand-over": SEND,
    "/desk/curation/words": READ,
    "/desk/curation/words/edit": FORM,
    "/desk/curation/words/trials/<trial_id>": FORM,
    "/desk/curation/words/acts/<act_id>/undo": SEND,
}
ALSO_IN_DESK: dict[str, str] = {
    "/": READ, "/static/<version>/<name>": READ, "/map/<version>/ground.json": READ, "/healthz": READ}


def routes(site: Site, mode: str) -> dict[str, str]:
    rules: dict[str, set[str]] = {}
    for rule in create_app(site.settings, mode).url_map.iter_rules():
        rules.setdefault(rule.rule, set()).update(rule.methods - {"HEAD", "OPTIONS"})
    return {address: " ".join(sorted(methods)) for address, methods in rules.items()}


def test_the_public_site_serves_exactly_these_addresses(site: Site) -> None:
    assert routes(site, "public") == PUBLIC


def test_a_machine_that_serves_everything_adds_only_these(site: Site) -> None:
    assert routes(site, "all") == PUBLIC | ALSO_IN_ALL | DESKS


def test_the_desks_alone_serve_no_public_page(site: Site) -> None:
    assert routes(site, "desk") == DESKS | ALSO_IN_DESK


@pytest.fixture(scope="module")
def snapshot(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town as it is published."""
    path = tmp_path_factory.mktemp("public") / "public.db"
    source, target = make_engine(site.settings.directory_database_url), make_engine(f"sqlite:///{path}")
    publish(source, target, load_vocabulary(ROOT / "data/vocabulary"), now=NOW)
    source.dispose()
    target.dispose()
    return path


def test_the_public_site_reads_its_snapshot_and_writes_the_inbox_only(site: Site, snapshot: Path) -> None:
    instance = snapshot.parent / "instance"
    before = snapshot.read_bytes()
    settings = settings_for(f"sqlite:///{snapshot}", instance, TODAY)
    app = create_app(settings, "public")
    browser = {"User-Agent": "Mozilla/5.0 (iPhone)"}
    client = app.test_client()
    assert all(client.get(address, headers=browser).status_code == 200
               for address in ("/", "/search?q=体操", f"/listings/{site.town.rich}", "/about/viewers", "/calendar"))
    assert client.get(f"/listings/{site.town.hidden[0]}").status_code == 404
    app.extensions["yoridokoro-usage"].flush()
    app.extensions["yoridokoro"].engine.dispose()
    assert snapshot.read_bytes() == before
    assert (instance / "inbox.db").exists()


def test_the_public_site_opens_no_casework(site: Site, snapshot: Path) -> None:
    from dataclasses import replace

    secret = snapshot.parent / "casework.db"
    settings = replace(site.settings, casework_database_url=f"sqlite:///{secret}")
    client = create_app(settings, "public").test_client()
    assert client.get("/search").status_code == 200
    assert not secret.exists()
