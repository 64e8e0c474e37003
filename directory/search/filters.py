"""Which conditions can a search have? One row of FILTERS a parameter: its name, label, values and column test.

URL, page, command line and chips read this table, so a new filter is one new row. Filters of one family are tested
together: weekday and time must meet on the same slot, or 「水曜の午前」 would find Wednesday afternoons.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from directory.catalog import Catalog
from directory.catalog.audiences import AUDIENCES
from directory.catalog.columns import UNASKED
from directory.search import opening
from directory.search.bitsets import pack
from directory.search.query import SearchQuery
from directory.search.values import (
    read_cost, read_date, read_kilometres, read_point, read_time, yen_label,
)
from directory.search.view import View
from directory.text.phrasebook import ByVersion
from directory.vocabulary import Vocabulary

UNKNOWN = "unknown"
NO_SUCH = -2
COSTS = {"free": "無料", "100": "100円まで", "300": "300円まで", "500": "500円まで"}
AUDIENCE_NUMBERS = {audience.key: number for number, audience in enumerate(AUDIENCES)}

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


def _by_test(_catalog: Catalog, value: str) -> np.ndarray:
    """Stands in a row that has a `test`."""
    raise NotImplementedError(f"the filter of {value} is tested as a family")


def _by_value(_view: View, _query: SearchQuery) -> np.ndarray:
    """Stands in a row that has `meets`."""
    raise NotImplementedError("the filter is tested value by value")


@dataclass(frozen=True)
class Filter:
    """One parameter.

    values: what a reader may choose, in order, with labels; `read` gives the canonical form of other values or None.
    meets: which listings of an edition meet one value (bool, one a listing). A filter that depends on the moment, the
    origin or its family has `test` instead, which gives a set (bitsets.pack). `ask` names the places where nobody has
    asked (value `unknown`).
    """

    parameter: str
    label: str
    values: Callable[[Catalog], Mapping[str, str]]
    meets: Callable[[Catalog, str], np.ndarray] = _by_test
    test: Callable[[View, SearchQuery], np.ndarray] = _by_value
    many: bool = True
    read: Callable[[str], str | None] | None = None
    chip: Callable[[str], str] = str
    ask: str = ""
    family: str = ""
    facet: bool = True
    group: str = ""
    now_called: Callable[[Catalog, str], str] = lambda _catalog, value: value

    @property
    def has_sets(self) -> bool:
        """Does each value have a fixed set of listings in an edition?"""
        return self.meets is not _by_test

    @property
    def tested_with(self) -> str:
        """Name of the family; a filter alone is its own family."""
        return self.family or self.parameter

    def accept(self, value: str, catalog: Catalog) -> str | None:
        """The value as it is kept, or None when it means nothing here."""
        value = self.now_called(catalog, value)
        if value in self.values(catalog) or (self.ask and value == UNKNOWN):
            return value
        return self.read(value) if self.read else None

    def value_label(self, value: str, catalog: Catalog) -> str:
        """How a chip or a tick box names the value."""
        return self.ask if value == UNKNOWN and self.ask else self.values(catalog).get(value) or self.chip(value)


def _bit(column: str, numbers: Callable[[Catalog], Mapping[str, int]]) -> Callable[[Catalog, str], np.ndarray]:
    """The term's bit is set in a column of bit masks."""
    return lambda catalog, value: catalog.columns[column] & np.uint64(1 << numbers(catalog)[value]) != 0


def _number(column: str, numbers: Callable[[Catalog], Mapping[str, int]]) -> Callable[[Catalog, str], np.ndarray]:
    """The column holds the term's number."""
    return lambda catalog, value: catalog.columns[column] == numbers(catalog).get(value, NO_SUCH)


def _flag(column: str, wanted: bool = True) -> Callable[[Catalog, str], np.ndarray]:
    return lambda catalog, value: catalog.columns[column] == wanted


def _cost(catalog: Catalog, value: str) -> np.ndarray:
    cost = catalog.columns["cost"]
    if value == UNKNOWN:
        return cost == UNASKED
    return (cost != UNASKED) & (cost <= (0 if value == "free" else int(value)))


def _pickup(catalog: Catalog, value: str) -> np.ndarray:
    return catalog.columns["pickup"] == (UNASKED if value == UNKNOWN else 1)


def _with_child(catalog: Catalog, _value: str) -> np.ndarray:
    numbers = catalog.words.attributes
    bits = sum(1 << numbers[term] for term in ("children_present", "childcare") if term in numbers)
    return catalog.columns["yes"] & np.uint64(bits) != 0


def _answered(term: str) -> Callable[[Catalog, str], np.ndarray]:
    """The attribute is answered `yes` or `no`, or by nobody."""
    def meets(catalog: Catalog, value: str) -> np.ndarray:
        bit = np.uint64(1 << catalog.words.attributes[term])
        if value == UNKNOWN:
            return (catalog.columns["yes"] | catalog.columns["no"]) & bit == 0
        return catalog.columns[value] & bit != 0
    return meets


def _within(view: View, query: SearchQuery) -> np.ndarray:
    rows = view.catalog.all_rows
    if view.origin is None:
        return pack(np.ones(len(rows), dtype=bool))
    return pack((view.kilometres(rows) <= float(query.first("within"))) & ~view.across_water(rows))


def _everywhere(view: View, _query: SearchQuery) -> np.ndarray:
    """An origin alone leaves nothing out; it only measures."""
    return pack(np.ones(view.catalog.size, dtype=bool))


def _always(labels: Mapping[str, str]) -> Callable[[Catalog], Mapping[str, str]]:
    return lambda catalog: labels


def _terms(name: str, without: str = "") -> Callable[[Catalog], Mapping[str, str]]:
    """Labels of a list of the vocabulary; a term that went into another is called like that one."""
    return lambda catalog: {
        key: term.label for key, term in getattr(catalog.vocabulary, name).items() if key != without and not term.into
    }


def _merged(catalog: Catalog, kind: str) -> str:
    """Old addresses name kinds that went into another since."""
    term = catalog.vocabulary.kinds.get(kind)
    return term.into if term and term.into else kind


def _attribute(term: str, label: str) -> Filter:
    """The filter of one attribute term: yes, no, or not known."""
    offered, opposite = ("no", "yes") if term in AVOIDED else ("yes", "no")
    shown = AVOIDED.get(term, label)
    return Filter(
        term, shown, _always({offered: shown}), meets=_answered(term), ask=f"{shown}か要確認",
        read=lambda given: given if given == opposite else None,
        chip=lambda given: label if given == "yes" else f"「{label}」ではない",
        group=next((name for name, terms in ATTRIBUTE_GROUPS if term in terms), OTHER_GROUP),
    )


def _opening(parameter: str, label: str, values: Mapping[str, str], **more: object) -> Filter:
    """A filter on when a place is open; all of them are tested on the same session."""
    return Filter(parameter, label, _always(values), test=opening.test, family=opening.FAMILY, **more)


FIXED_FILTERS: tuple[Filter, ...] = (
    Filter("area", "地域", lambda catalog: {name: name for name in catalog.words.areas},
           meets=_bit("areas", lambda catalog: catalog.words.areas)),
    _opening("day", "曜日", opening.DAYS, ask="日時が要確認", read=opening.read_nth_day, chip=opening.nth_day_label),
    _opening("time", "時間", opening.TIMES),
    _opening("from", "何時から", {}, many=False, read=read_time, chip="{}から".format, facet=False),
    _opening("until", "何時まで", {}, many=False, read=read_time, chip="{}まで".format, facet=False),
    _opening("when", "いつ", opening.WHENS, many=False),
    _opening("date", "日付", {}, many=False, read=read_date, chip=opening.date_label, facet=False),
    Filter("frequency", "回数", _always(opening.FREQUENCIES), meets=opening.is_frequent, many=False),
    Filter("holidays", "祝日", _always({"yes": "祝日も開いている"}), meets=opening.is_open_on_holidays, many=False,
           facet=False),
    Filter("need", "したいこと・ほしいもの", _terms("needs"), meets=_bit("needs", lambda catalog: catalog.words.needs)),
    Filter("kind", "種類", _terms("kinds"), meets=_number("kind", lambda catalog: catalog.words.kinds), now_called=_merged),
    Filter("cost", "費用", _always(COSTS), meets=_cost, many=False, read=read_cost, chip=yen_label,
           ask="費用が要確認"),
    Filter("first_free", "初回無料", _always({"yes": "初回無料"}), meets=_flag("first_free"), many=False, facet=False),
    Filter("welcome", "はじめての方", _terms("welcome", without=UNKNOWN),
           meets=_number("welcome", lambda catalog: catalog.words.welcome), ask="受け入れが要確認"),
    Filter("audience", "どなた向け", _always({audience.key: audience.label for audience in AUDIENCES}),
           meets=_bit("audiences", lambda catalog: AUDIENCE_NUMBERS)),
    Filter("pickup", "送迎", _always({"service": "送迎あり"}), meets=_pickup, many=False, ask="送迎が要確認"),
    Filter("men", "男性の参加", _always({"yes": "男性も参加している"}), meets=_flag("men"), many=False, facet=False),
    Filter("with_child", "子どもと一緒", _always({"yes": "子どもと一緒に行ける"}), meets=_with_child, many=False,
           facet=False),
    Filter("at_home", "家で", _always({"yes": "家まで来る・電話でできる"}), meets=_flag("has_place", False), many=False,
           facet=False),
    Filter("near", "どこから", _always({}), test=_everywhere, many=False, chip="{}から".format, facet=False,
           read=lambda text: text[:40]),
    Filter("at", "いまいる所", _always({}), test=_everywhere, many=False, chip=lambda value: "いまいる所から", facet=False,
           read=read_point),
    Filter("within", "きょり", _always({}), test=_within, many=False, chip="{} km以内".format, facet=False,
           read=read_kilometres),
)


def filters_of(vocabulary: Vocabulary) -> Mapping[str, Filter]:
    """All filters by parameter: the fixed rows and one for every attribute term of the vocabulary."""
    return _filters(ByVersion(vocabulary))


@lru_cache(maxsize=8)
def _filters(key: ByVersion) -> Mapping[str, Filter]:
    rows = (*FIXED_FILTERS, *(_attribute(name, term.label) for name, term in key.vocabulary.attributes.items()))
    return {row.parameter: row for row in rows}
