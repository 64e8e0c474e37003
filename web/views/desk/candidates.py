"""候補: which places for this person, why, and what then? The list, what can be tried beside it, pins, hides and reasons.

Every list that is shown is logged with the version of the weights. What is tried comes in a POST, changes nothing and is
not kept unless 「条件に保存」 is pressed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as Redirect

from directory.errors import InvalidRecord
from matcher import casework
from matcher.answer import Match, MatchResult
from matcher.candidates import crossings_of
from matcher.casework import CONDITIONS, HIDE, PIN, ChoiceKept, Heard, HostLoad
from matcher.errors import Stale
from matcher.host_room import hosts_of
from matcher.journeys import journeys
from matcher.matching import match
from matcher.ranking.profile import Profile
from web.answer_forms import version
from web.i18n import gettext as _
from web.presenters.desk.candidates import candidates_page, choices_by_key, limits
from web.presenters.desk.cards import Around
from web.presenters.desk.trying import Trial, as_recorded, trial, tried_fields, values_of
from web.site import site
from web.staff import door
from web.staff.guard import actor
from web.views.desk import frame

pages = Blueprint("candidates", __name__)

CHOICES = {PIN: "pinned", HIDE: "hidden"}
# What a profile names by the ids of listings
OF_LISTINGS = ("attends", "excluded", "no_contact")


@dataclass(frozen=True)
class Asked:
    """What one request for a list rests on: the record, what is tried, the profile of both."""

    heard: Mapping[str, Heard]
    trial: Trial
    profile: Profile


@pages.get("/desk/participants/<pid>/candidates")
def show(pid: str) -> Response:
    """The list for what stands in the record."""
    return _page(pid, None)


@pages.post("/desk/participants/<pid>/candidates")
def look(pid: str) -> Response:
    """The list for what is being tried."""
    return _page(pid, request.form)


@pages.post("/desk/participants/<pid>/candidates/keep")
def keep(pid: str) -> Response | Redirect:
    """「条件に保存」: what was tried becomes what was heard, each with the version that was shown."""
    desk, asked = door.desk(), what_is_asked(pid, request.form)
    try:
        for edit in asked.trial.edits:
            casework.save_answer(desk, actor(), pid, edit.field.key, edit.said.value,
                                 version=version(request.form, edit.field), now=door.now())
    except Stale:
        return _page(pid, request.form, _("ほかの人が、先に条件を変えました。下の「ためしている条件」で両方を見くらべて、"
                                          "よければもう一度「条件に保存」を押してください。"))
    return frame.sent("candidates.show", pid, "kept")


@pages.post("/desk/participants/<pid>/candidates/choose")
def choose(pid: str) -> Redirect:
    """Pin or hide, with a reason."""
    kind, (listing, role) = request.form.get("kind", ""), place_of(request.form.get("place", ""))
    casework.choose(door.desk(), actor(), pid, door.now(), kind=kind, listing_id=listing, role_id=role,
                    reason=request.form.get("reason", ""))
    return frame.sent("candidates.show", pid, CHOICES[kind])


@pages.post("/desk/participants/<pid>/candidates/take-back")
def take_back(pid: str) -> Redirect:
    """Undo a pin or a hide."""
    casework.take_back(door.desk(), actor(), pid, request.form.get("choice", ""), door.now())
    return frame.sent("candidates.show", pid, "back")


@pages.post("/desk/participants/<pid>/candidates/exclude")
def exclude(pid: str) -> Redirect:
    """「この場所は除く」: no reason is asked for and none is kept."""
    desk, (listing, _role) = door.desk(), place_of(request.form.get("place", ""))
    stands = casework.read_answers(desk, actor(), pid, door.now(), CONDITIONS)["excluded"]
    already = values_of({"excluded": stands}).get("excluded", ())
    casework.save_answer(desk, actor(), pid, "excluded", sorted({*already, listing}), version=stands.version, now=door.now())
    return frame.sent("candidates.show", pid, "excluded")


@pages.post("/desk/participants/<pid>/candidates/override")
def override(pid: str) -> Redirect:
    """Why the list was not followed, and what was chosen instead."""
    casework.override(door.desk(), actor(), pid, request.form.get("list", ""), door.now(),
                      reason=request.form.get("reason", ""), listing_id=request.form.get("place") or None)
    return frame.sent("candidates.show", pid, "override")


@pages.post("/desk/participants/<pid>/candidates/confirm")
def confirm(pid: str) -> Redirect:
    """「SCに確認を頼む」: the listing and the attribute go out, nothing of the person."""
    frame.read_case(pid)
    casework.ask_to_confirm(door.desk(), site().engine, actor(), door.now(), listing_id=request.form.get("place", ""),
                            attribute=request.form.get("attribute", ""))
    return frame.sent("candidates.show", pid, "asked")


def place_of(text: str) -> tuple[str, str | None]:
    """Listing and role of a form's value."""
    listing, _dot, role = text.partition(".")
    return listing, role or None


def what_is_asked(pid: str, form: MultiDict[str, str] | None) -> Asked:
    """The record and what the form tries over it. Raises NotFound, InvalidRecord."""
    desk = door.desk()
    heard = casework.read_answers(desk, actor(), pid, door.now(), CONDITIONS)
    saved = casework.profile_of(desk, actor(), pid, door.now())
    tried = as_recorded(heard) if form is None else trial(form, heard, frame.words())
    return Asked(heard, tried, _as_of_now(tried.profile(saved, desk.vocabulary)))


def matched(profile: Profile, loads: Mapping[str, HostLoad]) -> MatchResult:
    """The tiers now. Raises InvalidRecord for a profile that contradicts itself."""
    catalog = door.listings()
    return match(catalog, profile, site().now(), hosts_of(catalog, loads), crossings_of(site().city), name_hidden=True)


def host_loads(pid: str) -> Mapping[str, HostLoad]:
    """What hosts bear already besides this person, without anybody's name; what was merged bears what both bore."""
    kept = casework.host_loads(door.desk(), actor(), door.now(), pid)
    moved = frame.gone_into(kept)
    loads: dict[str, HostLoad] = {}
    for listing_id, load in kept.items():
        into = moved.get(listing_id, listing_id)
        loads[into] = loads[into] + load if into in loads else load
    return loads


def _as_of_now(profile: Profile) -> Profile:
    """A place that was excluded, or is attended, stays so under the id of the one it was merged into."""
    sets = {name: getattr(profile, name) for name in OF_LISTINGS}
    moved = frame.gone_into(frozenset().union(*sets.values()))
    return replace(profile, **{name: ids | {moved[one] for one in ids if one in moved} for name, ids in sets.items()})


def _choices(pid: str) -> list[ChoiceKept]:
    """Pins and hides, by what they are about now."""
    kept = casework.choices(door.desk(), actor(), pid, door.now())
    moved = frame.gone_into(one.listing_id for one in kept)
    return [replace(one, listing_id=moved.get(one.listing_id, one.listing_id)) for one in kept]


def around(pid: str, profile: Profile, loads: Mapping[str, HostLoad], found: Iterable[Match]) -> Around:
    """What the cards of these matches need."""
    catalog, ids = door.listings(), list(dict.fromkeys(one.listing_id for one in found))
    return Around(
        profile=profile, vocabulary=door.desk().vocabulary, now=site().now(), listings=frame.listings(ids),
        journeys=journeys(catalog, profile, ids, crossings_of(site().city)),
        loads=loads,
        choices=choices_by_key(_choices(pid)))


def _page(pid: str, form: MultiDict[str, str] | None, problem: str = "") -> Response:
    desk, case = door.desk(), frame.read_case(pid)
    try:
        asked = what_is_asked(pid, form)
        loads = host_loads(pid)
        result = matched(asked.profile, loads)
    except InvalidRecord as error:
        return _contradiction(pid, str(error))
    view = candidates_page(result, asked.trial, around(pid, asked.profile, loads, (*result.a, *result.b, *result.c)))
    logged = casework.log_recommendation(
        desk, actor(), pid, door.now(), weights_version=result.weights_version, shown=view.shown) if view.shown else ""
    return frame.page(
        "desk/candidates.html", case, "candidates.show", 409 if problem else 200, problem=problem, view=view,
        logged=logged, names=_names(asked),
        limits=limits(asked.heard, asked.trial, desk.vocabulary, {}), picked=request.form.getlist("pick"))


def _contradiction(pid: str, sentence: str) -> Response:
    """What cannot be matched: what has to be put right, with what was tried still in the form."""
    case = frame.read_case(pid)
    heard = casework.read_answers(door.desk(), actor(), pid, door.now(), CONDITIONS)
    return frame.page(
        "desk/contradiction.html", case, "candidates.show", 422, sentence=sentence, tried=request.method == "POST",
        fields=tried_fields(door.desk().vocabulary), heard=heard)


def _names(asked: Asked) -> dict[str, str]:
    return frame.names(sorted(asked.profile.excluded))
