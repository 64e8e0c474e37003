"""How do statements add up to a schedule? Days get their times, exceptions find what they change; doubts are asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from directory.schedules.grammar.days import OPEN
from directory.schedules.grammar.times import DAY
from directory.schedules.groups import Group, Variant, overlapping, rules_of
from directory.schedules.items import (
    Closed,
    DaysSaid,
    HolidaySaid,
    Item,
    Notice,
    Often,
    Question,
    Remark,
    Season,
    SeasonSaid,
    Shifted,
    StateSaid,
    TimesSaid,
)
from directory.schedules.model import Closure, Days, HolidayPolicy, Rule, TimeSpan
from directory.schedules.sentences import days_text
from directory.schedules.unclear import Unclear


@dataclass
class Assembly:
    """What has been said so far."""

    groups: list[Group] = field(default_factory=list)
    leading: list[TimeSpan] = field(default_factory=list)
    of_facility: bool = False
    season: SeasonSaid | None = None
    closed: list[Closed] = field(default_factory=list)
    previous: Item | None = None
    closed_just_now: bool = False
    loose: bool = False
    shifts: dict[Days, str] = field(default_factory=dict)
    policies: list[HolidayPolicy] = field(default_factory=list)
    weak_policy: HolidayPolicy | None = None
    often: list[Often] = field(default_factory=list)
    states: list[StateSaid] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def add(self, item: Item, aside: bool) -> None:
        """Take in one statement."""
        try:
            match item:
                case DaysSaid():
                    self._days(item, aside)
                case TimesSaid():
                    self._times(item, aside)
                case SeasonSaid():
                    self._season(item)
                case Closed():
                    self._closed(item, aside)
                case Shifted():
                    self._shift(item)
                case HolidaySaid():
                    self._holiday(item, aside)
                case Often():
                    self.often.append(item)
                case StateSaid():
                    self._state(item)
                case Notice():
                    self.notices.append(item.words)
                case Remark():
                    self.remarks.append(item.words)
                case Question():
                    self.questions.append(item.text)
        except Unclear as unclear:
            self.questions.append(str(unclear))
        self.previous = item
        self.closed_just_now = isinstance(item, Closed) and not aside
        self.loose |= isinstance(item, Notice | Remark) and not aside and not item.attached

    def _days(self, said: DaysSaid, aside: bool) -> None:
        if said.policy:
            self._policy(said)
        last = self.groups[-1] if self.groups else None
        said = self._in_pending_season(said)
        if self.loose and not self.groups:
            raise Unclear("その前の文は、どの日のことですか。")
        if said.only and last and not last.timed and not last.is_term():
            raise Unclear("そのほかの日は、いつ開いていますか。")
        if said.season is not None:
            self._variant(Variant(said.season, said.units))
        elif last and last.is_term() and not said.units[0].spans:
            last.units = [replace(unit, spans=term.spans) for unit in said.units for term in last.units]
        elif last and last.may_take(said) and not aside and not last.names_again(said):
            last.units += said.units
        else:
            override = bool(self.groups) and (said.topic or aside or said.only)
            self.groups.append(
                Group(list(said.units), without=list(said.without), override=override, topic=said.topic, aside=aside)
            )

    def _in_pending_season(self, said: DaysSaid) -> DaysSaid:
        """4月～9月：毎週水曜: the season said before, apart, holds for these days."""
        if self.season is None or said.season is not None:
            return said
        season, self.season = self.season, None
        if season.topic and self.groups:
            return replace(said, season=season.season, topic=True)
        months, spans = season.season.months, season.season.spans
        return replace(said, units=tuple(replace(unit, months=unit.months or months, spans=unit.spans or spans) for unit in said.units))

    def _policy(self, said: DaysSaid) -> None:
        assert said.policy is not None
        if said.policy.action == "open":
            self.weak_policy = said.policy
        else:
            self.policies.append(said.policy)

    def _times(self, said: TimesSaid, aside: bool) -> None:
        self.of_facility |= said.of_facility
        if self.season is not None:
            self._variant(Variant(self.season.season, None, said.times))
            self.season = None
        elif not self.groups:
            self.leading += said.times
        else:
            group = self.groups[-1]
            if aside and group.timed and not group.aside:
                raise Unclear("かっこの中の時刻は、どの日のものですか。")
            group.times += said.times
            group.timed = True

    def _state(self, said: StateSaid) -> None:
        """土日は応相談 says it of those days only."""
        last = self.groups[-1] if self.groups else None
        if said.state == "ask" and last and last.topic and not last.timed:
            self.groups.pop()
            if not self.groups:
                self.states.append(said)
            self.remarks.append("・".join(days_text(unit) for unit in last.units) + "は" + said.words)
        else:
            self.states.append(said)
            if last and said.state == "irregular":
                last.topic = False

    def _season(self, said: SeasonSaid) -> None:
        if said.weekly and self.groups:
            group = self.groups[-1]
            self._variant(Variant(said.season, tuple(Days(unit.weekdays) for unit in group.units)))
        else:
            self.season = said

    def _variant(self, variant: Variant) -> None:
        if len(self.groups) != 1:
            raise Unclear("季節で変わるのは、どの曜日のことですか。")
        self.groups[0].variants.append(variant)

    def _closed(self, said: Closed, aside: bool) -> None:
        if self.season is not None:
            self.season = None
            raise Unclear("その季節に休むのは、どの日ですか。")
        if not aside and isinstance(self.previous, TimesSaid) and any(span.part for span in self.previous.times):
            raise Unclear("休みの日と開く日の区切りが分かりません。文を分けて書いてください。")
        self.closed.append(replace(said, units=tuple(self._nth_of_what(unit) for unit in said.units)))
        if said.policy:
            self.policies.append(said.policy)
        if said.undated:
            self.questions.append(f"{said.undated}の休みは、何月何日から何月何日までですか。")

    def _nth_of_what(self, unit: Days) -> Days:
        """土曜日（第2・4を除く）: the second and fourth of the weekdays said before; 第5週 is that of each."""
        if not unit.ordinals or unit.weekdays or unit.ordinals == (5,):
            return unit
        weekdays = {weekday for group in self.groups[-1:] for said in group.units for weekday in said.weekdays}
        if len(weekdays) != 1:
            raise Unclear("第何曜日が休みですか。")
        return replace(unit, weekdays=tuple(weekdays))

    def _holiday(self, said: HolidaySaid, aside: bool) -> None:
        """After 月曜休館 it is the closing day that moves; after 水曜休み of a weekly activity it could be either."""
        if said.policy.action == "open" and aside and self.closed_just_now and self._closed_weekly():
            self._shift(Shifted("open"))
            self.policies.append(said.policy)
        elif said.policy.action != "move" or not self._closed_weekly():
            self.policies.append(said.policy)
        elif self.groups and not any(closed.of_facility for closed in self.closed):
            raise Unclear("祝日の場合に移るのは、開く日ですか、休みの日ですか。")
        elif said.policy.to not in ("next_day", "next_weekday"):
            raise Unclear("祝日の場合、休みはどの日に移りますか。")
        else:
            self._shift(Shifted(said.policy.to))

    def _closed_weekly(self) -> bool:
        return any(unit.weekdays for closed in self.closed for unit in closed.units)

    def _shift(self, said: Shifted) -> None:
        """The closing days that move: those of the weekdays named, or those said last."""
        units = [unit for closed in self.closed for unit in closed.units if unit.weekdays]
        if not said.weekdays:
            units = [unit for unit in self.closed[-1].units if unit.weekdays] if self.closed else []
        moving = [unit for unit in units if not said.weekdays or set(unit.weekdays) <= set(said.weekdays)]
        if not moving:
            raise Unclear("祝日の場合に休みが移るのは、どの曜日の休みですか。")
        self.shifts.update(dict.fromkeys(moving, said.shift))

    def rules(self) -> tuple[Rule, ...]:
        """The opening rules; Unclear where times and days do not meet."""
        if self.season is not None and (self.groups or not self.notices):
            raise Unclear("その季節には何が変わりますか。")
        if self.leading and self.groups:
            if len(self.groups) > 1 or self.groups[0].timed:
                raise Unclear("時刻がどの日のものか分かるように、日のあとに時刻を書いてください。")
            self.groups[0].times, self.groups[0].timed = self.leading, True
        if not self.groups and not self.closed and not self.loose and self.leading == [TimeSpan(0, DAY)]:
            self.groups, self.weak_policy = [Group([Days()], times=self.leading, timed=True)], OPEN
        if not self.groups and self._open_otherwise():
            self.groups = [Group([Days()], times=self.leading, timed=True)]
        self._include_moving_days()
        if HolidayPolicy("open") in self.policies:
            self._include_holidays()
        if self.groups and self.loose and not any(group.timed for group in self.groups):
            raise Unclear("その日に何があるのか、ほかの文と分けて書いてください。")
        if self._is_only_a_note():
            raise Unclear("ほかの曜日は、いつ開いていますか。")
        return rules_of(self.groups)

    def _include_holidays(self) -> None:
        """平日（祝日も含む）: Monday to Friday, 祝日 or not."""
        for group in self.groups:
            group.units = [replace(unit, holidays="") if unit.holidays == "left_out" else unit for unit in group.units]

    def _is_only_a_note(self) -> bool:
        """日曜・祝日は10時から17時まで, 祝日は開館: a note to hours that stand elsewhere."""
        units = [unit for group in self.groups for unit in group.units]
        if not units or not all(group.topic for group in self.groups):
            return False
        if all(unit.holidays == "only" for unit in units):
            return True
        weekend = all(unit.holidays == "only" or (unit.weekdays and set(unit.weekdays) <= {5, 6}) for unit in units)
        return weekend and bool(self.closed)

    def _open_otherwise(self) -> bool:
        """Times and closing days of a house: it is open on all other days."""
        weekly = any(unit.weekdays for closed in self.closed for unit in closed.units)
        notice_board = any(closed.of_facility for closed in self.closed)
        if not self.leading or not (weekly or notice_board):
            return False
        if any(closed.mixed for closed in self.closed):
            raise Unclear("開いている曜日はどれですか。休みの曜日と分けて書いてください。")
        return True

    def _include_moving_days(self) -> None:
        """火～日（月曜休館、祝日の場合は翌日休み）: a 月曜 that is a 祝日 is open."""
        moving = {weekday for unit in self.shifts if _weekly(unit) for weekday in unit.weekdays}
        for group in self.groups:
            group.units = [
                replace(unit, weekdays=tuple(sorted({*unit.weekdays, *moving}))) if _weekly(unit) and len(unit.weekdays) > 3 else unit
                for unit in group.units
            ]

    def closures(self, rules: tuple[Rule, ...]) -> tuple[Closure, ...]:
        """The closing days; Unclear for a closing day that none of the rules would open."""
        found = []
        never = {weekday for closed in self.closed for unit in closed.units if _weekly(unit) for weekday in unit.weekdays}
        if any(rule.days.weekdays and set(rule.days.weekdays) <= never for rule in rules):
            raise Unclear("開く曜日と休みの曜日が同じです。")
        for closed in self.closed:
            for unit in closed.units:
                if unit.ordinals and unit.weekdays and not overlapping(unit, [rule.days for rule in rules]):
                    raise Unclear("休みの日と開く日の曜日が合いません。ほかにも開く日がありますか。")
                found.append(Closure(unit, self.shifts.get(unit, "")))
        return tuple(dict.fromkeys(found))

    def policy(self, rules: tuple[Rule, ...]) -> HolidayPolicy:
        """The one holiday policy; Unclear if two were said."""
        policies = list(dict.fromkeys(self.policies)) or ([self.weak_policy] if self.weak_policy else [])
        if len(policies) > 1:
            raise Unclear("祝日は開きますか、休みですか、別の日に移りますか。")
        policy = policies[0] if policies else HolidayPolicy()
        if policy.action != "ask" and policy.action != "open" and any(rule.days.holidays in ("added", "only") for rule in rules):
            raise Unclear("祝日は開きますか、休みですか。")
        return policy


def _weekly(unit: Days) -> bool:
    return bool(unit.weekdays) and unit == Days(unit.weekdays)


__all__ = ["Assembly", "Season"]
