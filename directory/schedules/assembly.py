"""How do statements add up to a schedule? Days get their times, seasons their variants; doubts are asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from directory.schedules.exceptions import OPEN, Exceptions, weekly
from directory.schedules.grammar.times import DAY
from directory.schedules.groups import Group, Variant, rules_of
from directory.schedules.items import (
    Closed,
    DaysSaid,
    HolidaySaid,
    Item,
    Notice,
    Often,
    Question,
    Remark,
    SeasonSaid,
    Shifted,
    StateSaid,
    TimesSaid,
)
from directory.schedules.model import Days, Rule, TimeSpan
from directory.schedules.sentences import days_text
from directory.schedules.unclear import Unclear

WEEKEND = {5, 6}


@dataclass
class Assembly:
    """What has been said so far. `leading` times came before any day; `loose` words stand beside the schedule."""

    groups: list[Group] = field(default_factory=list)
    leading: list[TimeSpan] = field(default_factory=list)
    season: SeasonSaid | None = None
    exceptions: Exceptions = field(default_factory=Exceptions)
    often: list[Often] = field(default_factory=list)
    states: list[StateSaid] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    loose: bool = False
    previous: tuple[Item | None, bool] = (None, False)

    def add(self, item: Item, aside: bool) -> None:
        """Take in one statement."""
        try:
            self._take(item, aside)
        except Unclear as unclear:
            self.questions.append(str(unclear))
        self.loose |= isinstance(item, Notice | Remark) and not aside and not item.attached
        self.previous = (item, aside)

    def _take(self, item: Item, aside: bool) -> None:
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
                self.exceptions.shift(item)
            case HolidaySaid():
                after_closed = aside and isinstance(self.previous[0], Closed) and not self.previous[1]
                self.exceptions.add_holiday(item, after_closed=after_closed, days_known=bool(self.groups))
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

    def _days(self, said: DaysSaid, aside: bool) -> None:
        self._policy(said)
        said = self._in_pending_season(said)
        last = self.groups[-1] if self.groups else None
        if self.loose and last is None:
            raise Unclear("その前の文は、どの日のことですか。")
        if said.only and last and not last.timed and not last.is_term():
            raise Unclear("そのほかの日は、いつ開いていますか。")
        if said.season is not None:
            self._variant(Variant(said.season, said.units))
        elif last and last.is_term() and not said.units[0].spans:
            last.units = [replace(unit, spans=term.spans) for unit in said.units for term in last.units]
        elif last and last.may_take(said) and not aside:
            last.units += said.units
        else:
            override = last is not None and (said.topic or aside or said.only)
            self.groups.append(Group(list(said.units), [], False, list(said.without), [], override, said.topic, aside))

    def _policy(self, said: DaysSaid) -> None:
        if said.policy == OPEN:
            self.exceptions.every_day = True
        elif said.policy:
            self.exceptions.policies.append(said.policy)

    def _in_pending_season(self, said: DaysSaid) -> DaysSaid:
        """4月～9月：毎週水曜: the season said before, apart, holds for these days."""
        if self.season is None or said.season is not None:
            return said
        pending, self.season = self.season, None
        if pending.topic and self.groups:
            return replace(said, season=pending.season, topic=True)
        months, spans = pending.season.months, pending.season.spans
        units = (replace(unit, months=unit.months or months, spans=unit.spans or spans) for unit in said.units)
        return replace(said, units=tuple(units))

    def _times(self, said: TimesSaid, aside: bool) -> None:
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

    def _season(self, said: SeasonSaid) -> None:
        if said.weekly and self.groups:
            weekdays = tuple(Days(unit.weekdays) for unit in self.groups[-1].units)
            self._variant(Variant(said.season, weekdays))
        else:
            self.season = said

    def _variant(self, variant: Variant) -> None:
        if len(self.groups) != 1:
            raise Unclear("季節で変わるのは、どの曜日のことですか。")
        self.groups[0].variants.append(variant)

    def _closed(self, said: Closed, aside: bool) -> None:
        before = self.previous[0]
        if self.season is not None:
            self.season = None
            raise Unclear("その季節に休むのは、どの日ですか。")
        if not aside and isinstance(before, TimesSaid) and any(span.part for span in before.times):
            raise Unclear("休みの日と開く日の区切りが分かりません。文を分けて書いてください。")
        self.exceptions.add_closed(said, self.groups[-1].units if self.groups else [])

    def _state(self, said: StateSaid) -> None:
        """土日は応相談 says it of those days only; 土曜は不定期 of the whole."""
        last = self.groups[-1] if self.groups else None
        if said.state == "ask" and last and last.topic and not last.timed:
            self.groups.pop()
            self.remarks.append("・".join(days_text(unit) for unit in last.units) + "は" + said.words)
            if self.groups:
                return
        elif said.state == "irregular" and last:
            last.topic = False
        self.states.append(said)

    def rules(self) -> tuple[Rule, ...]:
        """The opening rules; Unclear where times and days do not meet."""
        if self.season is not None and (self.groups or not self.notices):
            raise Unclear("その季節には何が変わりますか。")
        if self.groups and self.leading:
            self._give_leading_times()
        elif self.leading:
            self._open_days_not_named()
        self._include_holidays()
        if self.groups and self.loose and not any(group.timed or group.variants for group in self.groups):
            raise Unclear("その日に何があるのか、ほかの文と分けて書いてください。")
        if self._is_only_a_note():
            raise Unclear("ほかの曜日は、いつ開いていますか。")
        return rules_of(self.groups)

    def _give_leading_times(self) -> None:
        """10時～12時 毎週水曜: times said first belong to the only days."""
        if len(self.groups) > 1 or self.groups[0].timed:
            raise Unclear("時刻がどの日のものか分かるように、日のあとに時刻を書いてください。")
        self.groups[0].times, self.groups[0].timed = self.leading, True

    def _open_days_not_named(self) -> None:
        """24時間 means every day; a house with closing days is open on all others."""
        around_the_clock = self.leading == [TimeSpan(0, DAY)] and not self.exceptions.closed and not self.loose
        if around_the_clock:
            self.exceptions.every_day = True
        if around_the_clock or self.exceptions.open_otherwise():
            self.groups = [Group([Days()], times=self.leading, timed=True)]

    def _include_holidays(self) -> None:
        """平日（祝日も含む）opens on 祝日; so does 火～日 where 月曜休館 moves to the day after a 祝日."""
        moving = self.exceptions.moving_weekdays()
        for group in self.groups:
            if OPEN in self.exceptions.policies:
                group.units = [
                    replace(unit, holidays="" if unit.holidays == "left_out" else unit.holidays) for unit in group.units
                ]
            group.units = [
                Days(tuple(sorted({*unit.weekdays, *moving}))) if weekly(unit) and len(unit.weekdays) > 3 else unit
                for unit in group.units
            ]

    def _is_only_a_note(self) -> bool:
        """日曜・祝日は10時から17時まで, 祝日は開館: a note to hours that stand elsewhere."""
        units = [unit for group in self.groups for unit in group.units]
        if not units or not all(group.topic for group in self.groups):
            return False
        if all(unit.holidays == "only" for unit in units):
            return True
        weekend = all(unit.holidays == "only" or (unit.weekdays and set(unit.weekdays) <= WEEKEND) for unit in units)
        return weekend and bool(self.exceptions.closed)
