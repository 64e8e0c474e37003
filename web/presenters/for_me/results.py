"""What does the page of places show? A few places with reasons, small changes, or a friendly start where no wish was told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.catalog import Catalog
from directory.city import City
from directory.neighbours import main_towns, towns_of_areas
from matcher.answer import Match, MatchResult
from matcher.candidates import crossings_of
from matcher.journeys import journeys
from matcher.ranking.profile import Profile
from matcher.residents import open_places, suggest
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.for_me.answers import Answers, changed, told
from web.presenters.for_me.cares import Care, cares
from web.presenters.for_me.changes import Places, changes
from web.presenters.for_me.profile import USUAL_MINUTES, Home, profile_of, start_of
from web.presenters.for_me.questions import FAMILY, OTHER, OUTSIDE, SELF, Question, Words, fields_of
from web.presenters.for_me.reasons import Found, questions_first, reasons, weak_points
from web.presenters.my_list import listed_rows
from web.presenters.results import Row

# As many as one reads through; to start with, no more than one can choose among
SHOWN, SHOWN_TO_START = 8, 3


@dataclass(frozen=True)
class Place:
    """One place: its card, and what is said of it."""

    row: Row
    reasons: tuple[str, ...]
    weak: tuple[str, ...]
    questions: tuple[str, ...]
    roles: tuple[str, ...]
    phone: str | None
    phone_link: str | None
    phone_hours: str | None


def homes_of(catalog: Catalog) -> Mapping[str, Home]:
    """The towns one can set out from; `catalog.once(homes_of)` works them out once an edition."""
    return {town: Home(catalog.places[town], area)
            for area, towns in catalog.once(towns_of_areas).items() for town in main_towns(towns)}


def words_of(catalog: Catalog, city: City) -> Words:
    """What the questions of this city are made of."""
    towns: dict[str, list[str]] = {}
    for town, home in catalog.once(homes_of).items():
        towns.setdefault(home.area, []).append(town)
    return Words(city, catalog.vocabulary, towns)


def result_view(
    catalog: Catalog, city: City, answers: Answers, asked: tuple[Question, ...], now: datetime
) -> dict[str, object]:
    """Everything the template of the result prints, by name. Raises InvalidRecord for answers that contradict each other."""
    heard = profile_of(answers, catalog.vocabulary, catalog.once(homes_of))
    start = not answers.wishes
    profile = start_of(answers, heard, catalog.vocabulary) if start else heard
    crossings = crossings_of(city)
    result = suggest(catalog, profile, now, crossings)
    places = _places(catalog, answers, profile, result, now, city, SHOWN_TO_START if start else SHOWN)
    opened = _opener(catalog, city, answers, asked)
    return {
        "places": places,
        "total": len(open_places(catalog, profile, crossings)),
        "heading": _heading(answers, bool(places), start),
        "start": start,
        "next_questions": _to_ask_oneself(suggest(catalog, heard, now, crossings), answers) if start else (),
        "changes": () if start else changes(answers, _ticked(catalog, answers), opened),
        "told": told(answers, asked),
        "remarks": _remarks(answers),
        "wish_words": "・".join([*(catalog.vocabulary.needs[need].label for need in answers.many("need")),
                                *(catalog.vocabulary.interests[like].label for like in answers.many("like"))]),
    }


def _ticked(catalog: Catalog, answers: Answers) -> list[Care]:
    return [care for care in cares(catalog.vocabulary) if answers.has("care", care.value)]


def _opener(catalog: Catalog, city: City, answers: Answers, asked: tuple[Question, ...]) -> Callable[[str], Places]:
    """Which places a change leaves open."""
    fields, homes, crossings = fields_of(asked), catalog.once(homes_of), crossings_of(city)

    def opened(change: str) -> Places:
        profile = profile_of(changed(answers, change, fields), catalog.vocabulary, homes)
        return open_places(catalog, profile, crossings)

    return opened


def _places(
    catalog: Catalog, answers: Answers, profile: Profile, result: MatchResult, now: datetime, city: City, most: int
) -> list[Place]:
    """Each place once, where its best row stands; roles one could take there are told with it."""
    by_listing: dict[str, list[Match]] = {}
    # Variety is for those who can choose by a wish; who starts gets what is easiest
    shown = result.shown if answers.wishes else sorted(result.shown, key=lambda match: (-match.score, match.rank))
    for match in shown:
        by_listing.setdefault(match.listing_id, []).append(match)
    listings = catalog.cards.get(list(by_listing)[:most])
    rows = listed_rows(listings, catalog.vocabulary, now)
    ways = journeys(catalog, profile, [listing.id for listing in listings], crossings_of(city))
    return [
        _place(row, Found(by_listing[listing.id][0], listing, ways[listing.id], answers, profile, catalog.vocabulary, now),
               tuple(match.role for match in by_listing[listing.id] if match.role))
        for row, listing in zip(rows, listings, strict=True)
    ]


def _place(row: Row, found: Found, roles: tuple[str, ...]) -> Place:
    listing = found.listing
    return Place(row, reasons(found), weak_points(found), questions_first(found), roles, listing.phone,
                 facts.telephone_link(listing.phone), listing.phone_hours)


def _heading(answers: Answers, any_place: bool, start: bool) -> str:
    who = answers.one("who") or SELF
    if start and any_place:
        return _("まずは、立ちよりやすい場所から")
    if not any_place:
        return _("ぴったりの場所は、まだ見つかっていません")
    return {SELF: _("あなたに合いそうな場所"), OTHER: _("その方に合いそうな場所"), FAMILY: _("ご家族が使える場所")}[who]


def _remarks(answers: Answers) -> list[str]:
    """What was taken for granted, or could not be used."""
    found = []
    if answers.odd:
        found.append(_("読み取れない答えがありました。その答えは使わずに、さがしました。"))
    if answers.many("by") and not answers.one("minutes"):
        found.append(_("行きの時間は選ばれていないので、%(minutes)s分くらいまでで見ました。", minutes=USUAL_MINUTES))
    if answers.one("town") == OUTSIDE and (answers.many("by") or answers.one("minutes")):
        found.append(_("市の外からの時間は、わかりません。お電話で聞いてください。"))
    elif (answers.many("by") or answers.one("minutes")) and not answers.one("town"):
        found.append(_("どこから行くかを選ぶと、行きの時間も見られます。"))
    elif answers.one("town") and not answers.many("by"):
        found.append(_("行きかたを選ぶと、行きの時間も見られます。"))
    return found


def _to_ask_oneself(result: MatchResult, answers: Answers) -> list[str]:
    """The engine's next questions, in words for a quiet moment."""
    own = {
        "needs": _("家のほかに、こんな所があったら、と思うことはありますか。休む、話す、手伝う、食べる、体を動かす、どれでも。"),
        "interests": _("前に好きだったこと、またやってみたいことはありますか。一人ですることでも。"),
        "travel": _("出かけるなら、どうやって、何分くらいまでが楽ですか。"),
        "slots": _("出かけやすい曜日や時間はありますか。朝はつらい、ということでも。"),
        "ceilings": _("何人くらいまでの場所なら、いてもよさそうですか。"),
    }
    others = {
        "needs": _("その方は、家のほかに、どんな所があるとうれしいでしょうか。休む、話す、手伝う、食べる、体を動かす、どれでも。"),
        "interests": _("その方が前に好きだったこと、よく話すことは何ですか。"),
        "travel": _("その方が出かけるなら、どうやって、何分くらいまでが楽でしょうか。"),
        "slots": _("その方が元気な曜日や時間はありますか。"),
        "ceilings": _("その方は、何人くらいまでの場所なら楽でしょうか。"),
    }
    words = others if answers.one("who") == OTHER else own
    return [words[question.key] for question in result.questions]
