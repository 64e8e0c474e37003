"""How are the rows of a search put into words? One Row a place found; links and counts stay the directory's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from directory.search import SORTS, Facet, Hit, SearchPage
from directory.text.snippets import Segment
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import When, when

# Facets a reader meets first stand open when there is room beside the list.
OPEN_AT_FIRST = ("area", "day")
LISTENERS_SHOWN = 3


@dataclass(frozen=True)
class Row:
    """One place of the list, ready to be printed."""

    id: str
    number: int
    name: tuple[Segment, ...]
    kana: str
    summary: tuple[Segment, ...]
    summary_source: str
    next: When | None
    no_date: str
    place: str
    distance: str
    fee: str
    welcome: str
    contact: str
    assured: facts.Assured
    easy: str = ""
    hall: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class FacetBox:
    """Facets that fold away together: one, or all of a group such as 設備."""

    label: str
    facets: tuple[Facet, ...]
    chosen: str
    open: bool


def search_view(
    page: SearchPage, listeners: SearchPage | None, vocabulary: Vocabulary, today: date
) -> dict[str, object]:
    """Everything the template of /search prints, by name; `listeners` are places to talk, beside urgent help."""
    return {
        "listeners": listeners,
        "listener_rows": rows(listeners, vocabulary, today)[:LISTENERS_SHOWN] if listeners else [],
        "page": page,
        "title": title(page),
        "rows": rows(page, vocabulary, today),
        "boxes": facet_boxes(page),
        "removed": removed(page),
        "wish_words": wish_words(page),
        "wish_area": next((value for parameter, value in page.asked if parameter == "area"), ""),
        "sorts": sorts(page),
        "box_hidden": hidden_fields(page, "q"),
        "near_hidden": hidden_fields(page, "near", "at", "sort"),
        "sort_hidden": hidden_fields(page, "sort"),
    }


def sorts(page: SearchPage) -> list[tuple[str, str]]:
    """The orders on offer; 近い順 only where there is a place to measure from."""
    return [(value, label) for value, label in SORTS.items() if value != "near" or page.near]


def rows(page: SearchPage, vocabulary: Vocabulary, today: date) -> list[Row]:
    """The places of one page of results."""
    return [_row(hit, page.near, vocabulary, today) for hit in page.hits]


def _row(hit: Hit, near: str | None, vocabulary: Vocabulary, today: date) -> Row:
    listing = hit.listing
    return Row(
        id=listing.id,
        number=hit.number,
        name=hit.name,
        kana=listing.kana or "",
        summary=hit.summary,
        summary_source=listing.summary or listing.description or "",
        next=when(hit.next, today, hit.next_place) if hit.next else None,
        no_date="" if hit.next else _no_date(hit),
        place=facts.place(listing),
        hall=facts.hall(listing),
        distance=_distance(hit, near),
        fee=facts.fee_in_short(listing),
        welcome=facts.welcome(listing, vocabulary),
        contact=facts.contact(listing),
        assured=facts.assured_in_short(listing, today),
        easy=listing.easy_description or "",
    )


def _no_date(hit: Hit) -> str:
    """What stands in place of a next date."""
    sentences = {
        "irregular": _("日にちは決まっていません"),
        "ask": _("日時は電話で聞いてください"),
        "suspended": _("いまはお休みしています"),
        "withheld": _("日時は申しこみのときに"),
    }
    states = [meeting.schedule.state for meeting in hit.listing.meetings]
    if not states:
        return _("日時は未確認です")
    phrase = next((m.schedule.phrase for m in hit.listing.meetings if m.schedule.state == "needs_review"), "")
    if phrase and len(phrase) <= 60:
        return _("%(phrase)s（くわしくは電話で）", phrase=phrase)
    return sentences.get(states[0], _("次の日にちは未確認です"))


def _distance(hit: Hit, near: str | None) -> str:
    if hit.distance_km is None:
        return ""
    words = {"near": near or _("そこ"), "distance": f"{hit.distance_km:.1f}"}
    if hit.across_water:
        return _("%(near)sから %(distance)s km（フェリーで）", **words)
    return _("%(near)sから %(distance)s km", **words)


def facet_boxes(page: SearchPage, without: Collection[str] = ()) -> list[FacetBox]:
    """Facets in their order, those of one group in one box where its first one stands; some pages do `without` some."""
    boxes: dict[str, list[Facet]] = {}
    for facet in (facet for facet in page.facets if facet.parameter not in without):
        boxes.setdefault(facet.group or facet.parameter, []).append(facet)
    return [_box(facets) for facets in boxes.values()]


def _box(facets: list[Facet]) -> FacetBox:
    chosen = [option.label for facet in facets for option in (*facet.options, *facet.asks) if option.selected]
    return FacetBox(
        label=facets[0].group or facets[0].label,
        facets=tuple(facets),
        chosen="・".join(chosen),
        open=bool(chosen) or facets[0].parameter in OPEN_AT_FIRST,
    )


def hidden_fields(page: SearchPage, *changed: str) -> list[tuple[str, str]]:
    """The conditions in force, for a form that changes the named ones."""
    return [(name, value) for name, value in page.query.parameters() if name not in (*changed, "page")]


def title(page: SearchPage) -> str:
    """The page's title: what was asked for and how many places there are."""
    return _("%(heading)s %(count)s件", heading=page.heading, count=page.total)


def wish_words(page: SearchPage) -> str:
    """What was looked for, for whoever wants the city to know: the words, or else the conditions ticked."""
    return page.query.q or " ".join(chip.label for chip in page.chips)


def removed(page: SearchPage) -> str:
    """Which conditions leave nothing."""
    labels = page.advice.removed_everything if page.advice else ()
    if not labels:
        return _("ぜんぶの条件に合う場所が、いま 1つもありません。")
    words = "」「".join(labels)
    if len(labels) == 1:
        return _("「%(words)s」を外すと、見つかる場所があります。", words=words)
    return _("「%(words)s」の どれかを外すと、見つかる場所があります。", words=words)
