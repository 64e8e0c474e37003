"""Which conditions can a search have? One row of FILTERS a parameter: its name, label, values, column test, facet.

URL, page, command line and chips read this table, so a new filter is one new row. Filters of one family are tested
together: weekday and time must meet on the same slot, or 「水曜の午前」 would find Wednesday afternoons.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from directory.search import opening
from directory.catalog.audiences import AUDIENCES
from directory.catalog.columns import UNASKED
from directory.search.values import (
    read_cost, read_date, read_kilometres, read_point, read_time, yen_label,
)
from directory.search.query import SearchQuery
from directory.search.view import View, count_bits, count_numbers

UNKNOWN = "unknown"
YES_ONLY = {"yes": "はい"}

# Attribute terms a person avoids are offered as their absence; all others as their presence.
AVOIDED = {
    "steps": "段差・階段がない", "alcohol": "酒が出ない", "smoking": "禁煙", "pets": "動物がいない",
    "religious": "宗教行事がない",
}
# Heading under which a term's facet stands; what is not named here stands under the last.
ATTRIBUTE_GROUPS = (
    ("設備", ("wheelchair", "accessible_toilet", "western_toilet", "steps", "chairs", "parking", "air_conditioning")),
    ("ふんいき", ("quiet", "small_group", "no_obligation", "host_present", "listens", "connects_to_support",
                  "professional_present", "children_present", "alcohol", "smoking", "pets", "religious",
                  "no_solicitation")),
    ("参加のしかた", ("drop_in", "visit_first", "join_midway", "companion_ok", "nickname_ok", "online", "childcare",
                      "meals", "allergy_care", "female_only", "male_only", "photo_opt_out", "insurance", "points")),
    ("ことば", ("easy_japanese", "sign_language", "writing")),
)
OTHER_GROUP = "参加のしかた"


@dataclass(frozen=True)
class Filter:
    """One parameter. `test` gives a bool for each row of the view; `tally` counts each option over some rows.

    options: the values a reader may choose, in order, with their labels; other values are accepted through `read`,
    which gives the canonical value or None. `asks` are values for 要確認, `many` means values are ORed.
    """

    parameter: str
    label: str
    test: Callable[[View, SearchQuery], np.ndarray]
    options: Callable[[View], Mapping[str, str]]
    many: bool = True
    read: Callable[[str], str | None] | None = None
    chip: Callable[[str], str] | None = None
    tally: Callable[[View, SearchQuery, np.ndarray], Mapping[str, int]] | None = None
    family: str = ""
    group: str = ""
    ask: str = ""
    facet: bool = True

    @property
    def tested_with(self) -> str:
        """Name of the family; a filter alone is its own family."""
        return self.family or self.parameter

    def accept(self, value: str, view: View) -> str | None:
        """The value as it is kept, or None when it means nothing here."""
        if value in self.options(view) or (self.ask and value == UNKNOWN):
            return value
        return self.read(value) if self.read else None

    def value_label(self, value: str, view: View) -> str:
        """How a chip names the value."""
        if value == UNKNOWN:
            return self.ask
        if options := self.options(view).get(value):
            return self.label if options == YES_ONLY["yes"] else options
        return self.chip(value) if self.chip else value


def _mask_test(parameter: str, column: str, positions: Callable[[View], Mapping[str, int]]) -> Callable:
    """Test of a bit-mask column: any of the chosen terms."""
    def test(view: View, query: SearchQuery) -> np.ndarray:
        bits = sum(1 << positions(view)[value] for value in query.get(parameter))
        return (view.column(column) & np.uint64(bits)) != 0
    return test


def _mask_tally(column: str, positions: Callable[[View], Mapping[str, int]]) -> Callable:
    def tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
        counts = count_bits(view.column(column)[chosen])
        return {key: int(counts[position]) for key, position in positions(view).items()}
    return tally


def _number_test(parameter: str, column: str, positions: Callable[[View], Mapping[str, int]]) -> Callable:
    """Test of a column that holds one number a listing."""
    def test(view: View, query: SearchQuery) -> np.ndarray:
        return np.isin(view.column(column), [positions(view)[value] for value in query.get(parameter)])
    return test


def _number_tally(column: str, positions: Callable[[View], Mapping[str, int]]) -> Callable:
    def tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
        known = positions(view)
        counts = count_numbers(view.column(column)[chosen], len(known))
        return {key: int(counts[position]) for key, position in known.items()}
    return tally


def _flag(parameter: str, label: str, column: str, wanted: object = True, **more: object) -> Filter:
    """A filter with the one value `yes`: the column equals `wanted`."""
    def test(view: View, _query: SearchQuery) -> np.ndarray:
        return view.column(column) == wanted

    def tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
        return {"yes": int(np.count_nonzero(view.column(column)[chosen] == wanted))}
    return Filter(parameter, label, test, lambda view: YES_ONLY, many=False, tally=tally, **more)


def _opening(parameter: str, label: str, options: Mapping[str, str], **more: object) -> Filter:
    """A filter on when a place is open; all of them are tested on the same session."""
    return Filter(parameter, label, opening.test, lambda view: options, family="opening", **more)


def _cost_test(view: View, query: SearchQuery) -> np.ndarray:
    cost, value = view.column("cost"), query.first("cost")
    if value == UNKNOWN:
        return cost == UNASKED
    return (cost != UNASKED) & (cost <= (0 if value == "free" else int(value)))


def _cost_tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
    cost = view.column("cost")[chosen]
    known = cost[cost != UNASKED]
    counts = {value: int(np.count_nonzero(known <= (0 if value == "free" else int(value)))) for value in COSTS}
    return {**counts, UNKNOWN: len(cost) - len(known)}


COSTS = {"free": "無料", "100": "100円まで", "300": "300円まで", "500": "500円まで"}


def _pickup_test(view: View, query: SearchQuery) -> np.ndarray:
    return view.column("pickup") == (UNASKED if query.first("pickup") == UNKNOWN else 1)


def _pickup_tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
    pickup = view.column("pickup")[chosen]
    return {"service": int(np.count_nonzero(pickup == 1)), UNKNOWN: int(np.count_nonzero(pickup == UNASKED))}


def _with_child_test(view: View, _query: SearchQuery) -> np.ndarray:
    bits = sum(1 << view.words.attributes[term] for term in ("children_present", "childcare"))
    return (view.column("yes") & np.uint64(bits)) != 0


def _within_test(view: View, query: SearchQuery) -> np.ndarray:
    if view.distances is None:
        return np.ones(len(view.rows), dtype=bool)
    return (view.distances <= float(query.first("within"))) & ~view.across_water


def _attribute(term: str, label: str) -> Filter:
    """The filter of one attribute term: yes, no, or not known."""
    group = next((name for name, terms in ATTRIBUTE_GROUPS if term in terms), OTHER_GROUP)
    value = "no" if term in AVOIDED else "yes"

    def answered(view: View, answer: str) -> np.ndarray:
        bit = np.uint64(1 << view.words.attributes[term])
        if answer == UNKNOWN:
            return ((view.column("yes") | view.column("no")) & bit) == 0
        return (view.column(answer) & bit) != 0

    def test(view: View, query: SearchQuery) -> np.ndarray:
        return np.logical_or.reduce([answered(view, answer) for answer in query.get(term)])

    def tally(view: View, _query: SearchQuery, chosen: np.ndarray) -> Mapping[str, int]:
        position = view.words.attributes[term]
        yes, no = view.attribute_counts(chosen)
        return {value: int((yes if value == "yes" else no)[position]),
                UNKNOWN: int(len(chosen) - yes[position] - no[position])}

    shown = AVOIDED.get(term, label)
    opposite = {"yes": "no", "no": "yes"}[value]
    return Filter(
        term, shown, test, lambda view: {value: shown}, tally=tally, group=group, ask=f"{shown}か要確認",
        read=lambda given: given if given == opposite else None,
        chip=lambda given: label if given == "yes" else f"{label}でない",
    )


def _labels(terms: str) -> Callable[[View], Mapping[str, str]]:
    return lambda view: {key: term.label for key, term in getattr(view.vocabulary, terms).items()}


def _welcome_labels(view: View) -> Mapping[str, str]:
    return {key: term.label for key, term in view.vocabulary.welcome.items() if key != UNKNOWN}


FIXED_FILTERS: tuple[Filter, ...] = (
    Filter("area", "地域", _mask_test("area", "areas", lambda view: view.words.areas),
           lambda view: {name: name for name in view.words.areas},
           tally=_mask_tally("areas", lambda view: view.words.areas)),
    _opening("day", "曜日", opening.DAYS, ask="日時が要確認", tally=opening.tally("day")),
    _opening("time", "時間", opening.TIMES, tally=opening.tally("time")),
    _opening("from", "何時から", {}, many=False, read=read_time, chip="{}から".format, facet=False),
    _opening("until", "何時まで", {}, many=False, read=read_time, chip="{}まで".format, facet=False),
    _opening("when", "いつ", opening.WHENS, many=False, tally=opening.tally("when")),
    _opening("date", "日付", {}, many=False, read=read_date, chip=opening.date_label, facet=False),
    Filter("frequency", "回数", opening.frequency_test, lambda view: opening.FREQUENCIES, many=False,
           tally=opening.frequency_tally),
    Filter("holidays", "祝日も開いている", opening.holiday_test, lambda view: YES_ONLY, many=False, facet=False),
    Filter("need", "したいこと・ほしいもの", _mask_test("need", "needs", lambda view: view.words.needs), _labels("needs"),
           tally=_mask_tally("needs", lambda view: view.words.needs)),
    Filter("kind", "種類", _number_test("kind", "kind", lambda view: view.words.kinds), _labels("kinds"),
           tally=_number_tally("kind", lambda view: view.words.kinds)),
    Filter("cost", "費用", _cost_test, lambda view: COSTS, many=False, read=read_cost, chip=yen_label,
           tally=_cost_tally, ask="費用が要確認"),
    _flag("first_free", "初回無料", "first_free", facet=False),
    Filter("welcome", "はじめての方", _number_test("welcome", "welcome", lambda view: view.words.welcome),
           _welcome_labels, tally=_number_tally("welcome", lambda view: view.words.welcome),
           ask="受け入れが要確認"),
    Filter("audience", "どなた向け",
           _mask_test("audience", "audiences", lambda view: AUDIENCE_POSITIONS),
           lambda view: {audience.key: audience.label for audience in AUDIENCES},
           tally=_mask_tally("audiences", lambda view: AUDIENCE_POSITIONS)),
    Filter("pickup", "送迎", _pickup_test, lambda view: {"service": "送迎あり"}, many=False, tally=_pickup_tally,
           ask="送迎が要確認"),
    _flag("men", "男性も参加している", "men", facet=False),
    Filter("with_child", "子どもと一緒に行ける", _with_child_test, lambda view: YES_ONLY, many=False, facet=False),
    _flag("at_home", "家まで来る・電話でできる", "has_place", wanted=False, facet=False),
    Filter("near", "近くから", lambda view, query: np.ones(len(view.rows), dtype=bool), lambda view: {}, many=False,
           read=lambda text: text.strip()[:40] or None, chip="{}から近い順".format, facet=False),
    Filter("at", "いまいる所", lambda view, query: np.ones(len(view.rows), dtype=bool), lambda view: {}, many=False,
           read=read_point, chip=lambda value: "いまいる所から", facet=False),
    Filter("within", "きょり", _within_test, lambda view: {}, many=False, read=read_kilometres,
           chip="{} km以内".format, facet=False),
)
AUDIENCE_POSITIONS = {audience.key: position for position, audience in enumerate(AUDIENCES)}


def filters_of(view: View) -> Mapping[str, Filter]:
    """All filters by parameter: the fixed rows and one for every attribute term of the vocabulary."""
    rows = (*FIXED_FILTERS, *(_attribute(key, term.label) for key, term in view.vocabulary.attributes.items()))
    return {row.parameter: row for row in rows}
