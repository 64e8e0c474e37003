"""Does anything sealed reach somebody it is not for? Everybody walks over every page everybody else can reach.

A page that is added is walked over by itself: addresses come from url_map and from the links of those who may see them.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import pytest
from flask import Blueprint, Flask
from sqlalchemy import select

from matcher.db import Base, write_session
from tests.web.staff.addresses import ARGUMENTS, filled, methods, private_rules
from tests.web.staff.canaries import Cage, Canary, fill
from tests.web.staff.conftest import OWN_PAGE, StaffSite, form_token
from tests.web.staff.crawling import ALIKE, Walk, kinds_of, walk
from tests.web.test_routes import PUBLIC
from web import create_app, desks
from web.staff import door
from web.staff.acts import ACTS, STAFF

# What the use of a desk itself writes: who was here, and what they looked at.
TRAIL = {"audit_entry", "audit_head", "staff_session", "sign_in_try"}
NOBODY_S_CASE = ARGUMENTS["pid"]


@pytest.fixture(scope="module")
def cage(staff_site: StaffSite) -> Cage:
    return fill(staff_site)


@pytest.fixture(scope="module")
def starts(staff_site: StaffSite, cage: Cage) -> tuple[str, ...]:
    """Every private page once for each case, and one that does not exist."""
    known = [{"pid": case} for case in cage.cases.values()] + [{"placement_id": one} for one in cage.placements.values()]
    known[0] |= {"placement_id": cage.placements["own"], "listing_id": staff_site.town.rich}
    rules = [rule for rule in private_rules(staff_site.app) if "GET" in methods(rule)]
    asked = {filled(staff_site.app, rule, ids) for rule in rules for ids in [*known, {}]}
    return tuple(sorted(asked - {"/desk/sign-in", "/desk/sign-in/code"}))


@pytest.fixture(scope="module")
def walks(staff_site: StaffSite, cage: Cage, starts: tuple[str, ...]) -> Iterator[dict[str, Walk]]:
    """Two rounds: each follows their own links; then everybody asks for what anybody found."""
    handler = Kept()
    logging.getLogger().addHandler(handler)
    first = {name: walk(staff_site.client(who), starts) for name, who in cage.actors.items()}
    every = few(staff_site.app, {*chain.from_iterable(one.answers for one in first.values()), "/desk/nowhere"})
    for name, who in cage.actors.items():
        more = walk(staff_site.client(who), [one for one in every if one not in first[name].answers])
        first[name].answers |= more.answers
        first[name].forms += more.forms
    logging.getLogger().removeHandler(handler)
    yield first | {"the logs": Walk({"log": (200, "\n".join(handler.lines))})}


def few(app: Flask, addresses: Iterable[str], method: str = "GET") -> list[str]:
    """Of the pages that are alike, some."""
    kind, kept = kinds_of(app, method), defaultdict(list)
    for address in sorted(addresses):
        kept[kind(address)].append(address)
    return [address for alike in kept.values() for address in alike[:ALIKE]]


class Kept(logging.Handler):
    """Every line of every log."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(record.getMessage())


def leaks(walks: dict[str, Walk], canaries: tuple[Canary, ...]) -> list[tuple[str, str, str]]:
    """Who was shown what, where, without being one of its readers."""
    return [(name, canary.word, address) for name, one in walks.items() for canary in canaries
            if name not in canary.readers for address in one.having(canary.word)]


def test_no_canary_is_shown_to_anybody_but_its_readers(walks: dict[str, Walk], cage: Cage) -> None:
    assert len(walks) == len(cage.actors) + 1 and all(one.answers for one in walks.values())
    assert leaks(walks, cage.canaries) == []


def test_every_canary_that_has_readers_is_found_by_one_of_them(walks: dict[str, Walk], cage: Cage) -> None:
    """So the walk reaches the pages it is about."""
    shown = {canary.word for canary in cage.canaries if any(walks[name].having(canary.word) for name in canary.readers)}
    assert shown == {canary.word for canary in cage.canaries if canary.readers}


def test_no_canary_stands_on_an_open_page_whoever_looks(staff_site: StaffSite, cage: Cage) -> None:
    opened = [address for address in PUBLIC if "<" not in address]
    listings = [f"/listings/{one}" for one in (staff_site.town.rich, staff_site.town.relayed, *cage.cases.values())]
    seen = {}
    for name in ("nobody", "worker", "case-lead"):
        client = staff_site.client(cage.actors[name])
        seen[name] = Walk()
        for address in [*opened, *listings, "/nowhere"]:
            response = client.get(address)
            seen[name].answers[address] = (response.status_code, f"{response.headers}\n{response.text}")
    nobody = tuple(replace(canary, readers=frozenset()) for canary in cage.canaries)
    assert leaks(seen, nobody) == []


def test_nobody_gets_an_error_of_ours_on_the_way(walks: dict[str, Walk]) -> None:
    assert [(name, address, status) for name, one in walks.items()
            for address, (status, _text) in one.answers.items() if status >= 500] == []


def test_a_record_that_may_not_be_seen_looks_like_one_that_is_not_there(staff_site: StaffSite, cage: Cage, walks) -> None:
    """The same status and the same bytes."""
    case = cage.cases["own"]
    addresses = sorted({address for address in walks["worker"].answers if case in address and "?" not in address})
    for name in cage.strangers[1:]:
        client = staff_site.client(cage.actors[name])
        for address in addresses:
            foreign, missing = client.get(address), client.get(address.replace(case, NOBODY_S_CASE))
            assert (foreign.status_code, foreign.data) == (missing.status_code, missing.data), (name, address)
            assert foreign.status_code in (403, 404)


def test_no_stranger_changes_anything_with_the_forms_of_others(
    staff_site: StaffSite, cage: Cage, walks: dict[str, Walk]
) -> None:
    cases = set(cage.cases.values())
    every = [form for one in ("worker", "case-lead", "chair", "seated") for form in walks[one].forms]
    actions = few(staff_site.app, {form.action for form in every if any(case in form.action for case in cases)},
                  "POST")
    forms = {(form.action, tuple(name for name, _value in form.fields)): form for form in every if form.action in actions}
    before = contents(staff_site)
    for name in cage.strangers:
        client = staff_site.client(cage.actors[name])
        token = form_token(client) if cage.actors[name] else ""
        for form in forms.values():
            fields = {key: value for key, value in form.fields if "カナリア" not in value} | {"form_token": token}
            response = client.post(form.action, data=fields, headers=OWN_PAGE)
            assert response.status_code in (401, 403, 404, 422), (name, form.action)
            assert not [one.word for one in cage.canaries if one.word in f"{response.headers} {response.text}"]
    assert contents(staff_site) == before


def contents(site: StaffSite) -> dict[str, list]:
    """Everything in the casework database but the trail."""
    with write_session(site.desk.engine) as session:
        return {table.name: sorted(map(repr, session.execute(select(table))))
                for table in Base.metadata.sorted_tables if table.name not in TRAIL}


def test_the_walk_notices_a_page_that_shows_too_much(staff_site: StaffSite, cage: Cage) -> None:
    leaking = Blueprint("leaking", __name__)
    leaking.add_url_rule("/desk/leak/<pid>", endpoint="page", view_func=lambda pid: cage.canaries[1].word)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desks, "PAGES", (*desks.PAGES, leaking))
        patch.setitem(ACTS, "leaking.page", STAFF)
        app = create_app(staff_site.settings, "desk")
        app.extensions[door.KEY].clock = staff_site.clock
        client = app.test_client()
        client.set_cookie("desk", staff_site.session_of(cage.actors["auditor"]))
        rule = next(rule for rule in private_rules(app) if rule.endpoint == "leaking.page")
        found = {"auditor": walk(client, [filled(app, rule)])}
    assert leaks(found, cage.canaries) == [("auditor", cage.canaries[1].word, f"/desk/leak/{NOBODY_S_CASE}")]
