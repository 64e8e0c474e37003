"""Which unique words lie in the sealed records, and who alone may ever read each of them?"""

from dataclasses import dataclass

from matcher import casework
from matcher.access import INTERNAL
from matcher.casework import Shown, fields
from matcher.desk import Actor
from tests.matcher.office import EVERY_CONSENT
from tests.web.staff.conftest import NOON, StaffSite


@dataclass(frozen=True)
class Canary:
    """A word that stands nowhere else, and the login names of those to whom it may be shown."""

    word: str
    readers: frozenset[str]


@dataclass(frozen=True)
class Cage:
    """Cases full of canaries. `actors`: everybody who looks for them, by login name; None is nobody."""

    canaries: tuple[Canary, ...]
    cases: dict[str, str]
    placements: dict[str, str]
    actors: dict[str, Actor | None]
    # Sit on no case here: whatever they ask for, they learn and change nothing.
    strangers: tuple[str, ...]


def fill(site: StaffSite) -> Cage:
    """An ordinary case, one of a 支援会議, one whose consent was withdrawn: every sealed text holds a canary."""
    worker = site.people["worker"]
    seated, chair, stranger = (site.hire(name, role) for name, role in (
        ("seated", "conference_member"), ("chair", "case_lead"), ("stranger", "worker")))
    conference = site.office.conference(chair, chair, seated)
    cases = {
        "own": site.office.case(worker, NOON, EVERY_CONSENT, code_name="カナリア呼び名ひとつ"),
        "support": site.office.case(chair, NOON, (), code_name="カナリア呼び名ふたつ", conference_id=conference),
        "withdrawn": site.office.case(worker, NOON, EVERY_CONSENT[:1], code_name="カナリア呼び名みっつ"),
    }
    placement = _fill_case(site, worker, cases["own"], "カナリア条件")
    _fill_case(site, chair, cases["support"], "カナリア会議")
    _fill_case(site, worker, cases["withdrawn"], "カナリア取消")
    casework.write_note(site.desk, worker, cases["own"], "カナリア受入先", NOON, "consented:host")
    casework.add_no_contact(
        site.desk, worker, cases["own"], NOON, listing_id=site.town.sparse, reason="カナリア会いたくない")
    casework.withdraw_consent(site.desk, worker, cases["withdrawn"], NOON, INTERNAL)
    team, members = frozenset({"worker", "case-lead", "chair"}), frozenset({"seated", "chair"})
    canaries = (
        Canary("カナリア呼び名ひとつ", team), Canary("カナリア条件", team),
        Canary("カナリア受入先", frozenset({"worker"})), Canary("カナリア会いたくない", frozenset({"worker"})),
        Canary("カナリア呼び名ふたつ", members), Canary("カナリア会議", members),
        Canary("カナリア呼び名みっつ", team), Canary("カナリア取消", frozenset()),
    )
    people = {who.login_name: who for who in (*site.people.values(), seated, chair, stranger)}
    strangers = ("nobody", "stranger", "conference-member", "curator", "host", "auditor", "admin")
    return Cage(canaries, cases, {"own": placement}, {"nobody": None, **people}, strangers)


def _fill_case(site: StaffSite, actor: Actor, case: str, word: str) -> str:
    """Put the word into everything that is sealed; the id of a placement."""
    for key, asked in fields(site.desk.vocabulary).items():
        if asked.kind in ("text", "long_text"):
            site.office.say(actor, case, key, word, now=NOON)
    site.office.say(actor, case, "interests", [word], now=NOON)
    place = {"town": word, "latitude": 34.35, "longitude": 132.33, "zone": "mainland"}
    site.office.say(actor, case, "start", place, now=NOON)
    casework.write_note(site.desk, actor, case, word, NOON)
    casework.choose(site.desk, actor, case, NOON, kind="hide", listing_id=site.town.unread, reason=word)
    shown = casework.log_recommendation(
        site.desk, actor, case, NOON, weights_version="w", shown=[Shown(site.town.relayed, None, "A", 0.5)])
    casework.override(site.desk, actor, case, shown, NOON, reason=word)
    return casework.introduce(site.desk, actor, case, site.town.relayed, NOON, note=word, monthly=None)
