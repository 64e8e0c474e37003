"""Which days share which times? Groups of a phrase, the later ones changing the earlier (水曜は19時まで, 8月は9時～)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from directory.schedules.canonical import canonical_days, canonical_rules
from directory.schedules.grammar.times import with_start
from directory.schedules.items import DaysSaid, Season
from directory.schedules.model import EVERY_WEEKDAY, Days, Rule, TimeSpan
from directory.schedules.unclear import Unclear

ALL_MONTHS = tuple(range(1, 13))


@dataclass
class Variant:
    """In this season other days, or other times."""

    season: Season
    units: tuple[Days, ...] | None = None
    times: tuple[TimeSpan, ...] | None = None


@dataclass
class Group:
    """Days with the times said of them. `override` speaks of days of an earlier group."""

    units: list[Days]
    times: list[TimeSpan] = field(default_factory=list)
    timed: bool = False
    without: list[Days] = field(default_factory=list)
    variants: list[Variant] = field(default_factory=list)
    override: bool = False
    topic: bool = False
    aside: bool = False

    def may_take(self, said: DaysSaid) -> bool:
        """Do days that follow belong to the same times? Only while no times have been said."""
        begun = self.timed or self.variants or self.without or self.override
        return not (begun or said.topic or said.without or self._names_again(said))

    def _names_again(self, said: DaysSaid) -> bool:
        """営業日：月・金 営業時間：月 9時～12時 …: the first list only sums up what is said one by one."""
        plain = all(not unit.spans and not unit.after for unit in (*self.units, *said.units))
        return plain and any(overlapping(unit, self.units) for unit in said.units if unit.weekdays)

    def is_term(self) -> bool:
        """7月1日（水）～8月31日（月）, before it is said which days of it."""
        return not self.timed and all(
            unit == Days(spans=unit.spans) and all(span.first != span.last for span in unit.spans)
            for unit in self.units
        )


def rules_of(groups: list[Group]) -> tuple[Rule, ...]:
    """The rules of all groups; Unclear where one has no times while others do."""
    groups = _without_summaries(groups)
    for number, group in enumerate(groups):
        if group.topic and not group.timed and not group.variants:
            raise Unclear("その日は何時からですか。")
        if group.override:
            _override(group, groups[:number])
    if any(group.timed for group in groups) and not all(group.timed or group.variants for group in groups):
        raise Unclear("時刻が書かれていない日があります。何時からですか。")
    _leave_holidays_to_their_group(groups)
    return canonical_rules(rule for group in groups for rule in _group_rules(group))


def _without_summaries(groups: list[Group]) -> list[Group]:
    """Leave out days without times that are all named again with their times."""
    kept = []
    for number, group in enumerate(groups):
        later = {
            weekday
            for other in groups[number + 1 :]
            if other.timed
            for unit in other.units
            for weekday in unit.weekdays
        }
        named = {weekday for unit in group.units for weekday in unit.weekdays}
        if group.timed or group.variants or not named or not named <= later:
            kept.append(group)
    return kept


def _override(group: Group, earlier: list[Group]) -> None:
    """Take the group's days out of the groups before it, and its missing start from them."""
    touched = [before for before in earlier if any(overlapping(unit, before.units) for unit in group.units)]
    if not touched:
        if group.aside and not group.timed:
            raise Unclear("かっこの中の日には、何がありますか。")
        return
    if not group.timed:
        raise Unclear("その日は何時からですか。")
    if any(span.start is None and not span.part for span in group.times):
        group.times = [_started(span, touched) for span in group.times]
    group.units = [_nth_of(unit, touched) for unit in group.units]
    if all(unit.holidays == "left_out" for before in touched for unit in before.units):
        group.units = [replace(unit, holidays=unit.holidays or "left_out") for unit in group.units]
    for before in touched:
        _take_out(before, group.units)


def _nth_of(unit: Days, touched: list[Group]) -> Days:
    """第2・4は13時～: the second and fourth of the weekday said before."""
    if not unit.ordinals or unit.weekdays:
        return unit
    weekdays = {weekday for before in touched for said in before.units for weekday in said.weekdays}
    if len(weekdays) != 1:
        raise Unclear("第何曜日のことですか。")
    return replace(unit, weekdays=tuple(weekdays))


def _started(span: TimeSpan, touched: list[Group]) -> TimeSpan:
    base = touched[0].times if len(touched) == 1 else []
    started = with_start(span, base[0]) if len(base) == 1 else None
    if started is None:
        raise Unclear("その日は何時から何時までですか。")
    return started


def _take_out(group: Group, units: list[Days]) -> None:
    """Leave out weekdays where the group names weekdays, other selections as exceptions."""
    weekly = {
        weekday
        for unit in units
        if unit.weekdays and not unit.ordinals and not unit.months
        for weekday in unit.weekdays
    }
    holidays = any(unit.holidays in ("added", "only") for unit in units)
    kept: list[Days] = []
    for unit in group.units:
        if unit.ordinals or unit.monthdays or unit.after or unit.spans:
            group.without += [Days(tuple(sorted(weekly)))] if weekly else []
        else:
            left = tuple(weekday for weekday in unit.weekdays or EVERY_WEEKDAY if weekday not in weekly)
            if not left:
                continue
            unit = replace(unit, weekdays=left)
        kept.append(replace(unit, holidays="left_out") if holidays and not unit.holidays else unit)
    if not kept:
        raise Unclear("同じ曜日に二つの時刻が書かれています。")
    group.units = kept
    group.without += [replace(unit, holidays="") for unit in units if unit.ordinals or unit.months or unit.monthdays]


def _leave_holidays_to_their_group(groups: list[Group]) -> None:
    """月～金 …、土日祝 …: on a 祝日 the hours of the 祝日 hold."""
    keeps = [group for group in groups if any(unit.holidays in ("added", "only") for unit in group.units)]
    for group in groups:
        if keeps and group not in keeps and any(group.times != keep.times for keep in keeps):
            group.units = [
                unit
                if unit == Days(spans=unit.spans) and unit.spans
                else replace(unit, holidays=unit.holidays or "left_out")
                for unit in group.units
            ]


def _group_rules(group: Group) -> Iterable[Rule]:
    if any(span.start is None and not span.part for span in group.times):
        raise Unclear("何時からですか。")
    seasons = [variant.season for variant in group.variants]
    for variant in group.variants:
        times = group.times if variant.times is None else _variant_times(variant.times, group)
        for unit in variant.units or group.units:
            yield Rule(_in_season(unit, variant.season), tuple(times), tuple(group.without))
    for unit in _outside(canonical_days(group.units), seasons):
        if group.variants and not group.timed and any(variant.times for variant in group.variants):
            raise Unclear("そのほかの季節は何時からですか。")
        yield Rule(unit, tuple(group.times), tuple(group.without))


def _variant_times(times: tuple[TimeSpan, ...], group: Group) -> list[TimeSpan]:
    found = []
    for span in times:
        started = span
        if span.start is None and not span.part:
            started = with_start(span, group.times[0]) if len(group.times) == 1 else None  # type: ignore[assignment]
        if started is None:
            raise Unclear("その季節は何時から何時までですか。")
        found.append(started)
    return found


def _in_season(unit: Days, season: Season) -> Days:
    if unit.months and season.months and not set(season.months) <= set(unit.months):
        raise Unclear("その月には開きますか。")
    return replace(unit, months=season.months or unit.months, spans=season.spans or unit.spans)


def _outside(units: Iterable[Days], seasons: list[Season]) -> Iterable[Days]:
    """The days outside all seasons; nothing where they fill the year."""
    taken = {month for season in seasons for month in season.months}
    if sum(len(season.months) for season in seasons) != len(taken):
        raise Unclear("季節が重なっています。")
    for unit in units:
        months = tuple(month for month in unit.months or ALL_MONTHS if month not in taken)
        if months:
            yield replace(unit, months=() if months == ALL_MONTHS else months)


def overlapping(unit: Days, others: Iterable[Days]) -> bool:
    """May these days share a date, as far as the weekdays tell?"""
    mine = set(unit.weekdays or EVERY_WEEKDAY)
    if unit.holidays == "only":
        return any(other.holidays in ("", "only", "added") for other in others)
    return any(mine & set(other.weekdays or EVERY_WEEKDAY) for other in others if other.holidays != "only")
