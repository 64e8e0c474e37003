"""What keeps a place closed, and what happens on 祝日? The exceptions of a phrase, put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from directory.schedules.groups import overlapping
from directory.schedules.items import Closed, HolidaySaid, Shifted
from directory.schedules.model import Closure, Days, HolidayPolicy, Rule
from directory.schedules.unclear import Unclear

OPEN = HolidayPolicy("open")


@dataclass
class Exceptions:
    """Closing days, the shifts of those that meet a 祝日, and what was said of 祝日 themselves."""

    closed: list[Closed] = field(default_factory=list)
    shifts: dict[Days, str] = field(default_factory=dict)
    policies: list[HolidayPolicy] = field(default_factory=list)
    every_day: bool = False

    def add_closed(self, said: Closed, before: list[Days]) -> None:
        """Closing days after the days said `before`; Unclear if they name a week but no weekday."""
        self.closed.append(replace(said, units=tuple(_nth_of(unit, before) for unit in said.units)))
        if said.policy:
            self.policies.append(said.policy)
        if said.undated:
            raise Unclear(f"{said.undated}の休みは、何月何日から何月何日までですか。")

    def add_holiday(self, said: HolidaySaid, *, after_closed: bool, days_known: bool) -> None:
        """After 月曜休館 it is the closing day that moves; after 水曜休み of a weekly activity it could be either."""
        moves, on_weekdays = said.policy.action == "move", self._closes_weekdays()
        if said.policy == OPEN and after_closed and on_weekdays:
            self.shift(Shifted("open"))
        if not moves or not on_weekdays:
            self.policies.append(said.policy)
        elif days_known and not self.of_house():
            raise Unclear("祝日の場合に移るのは、開く日ですか、休みの日ですか。")
        elif said.policy.to not in ("next_day", "next_weekday"):
            raise Unclear("祝日の場合、休みはどの日に移りますか。")
        else:
            self.shift(Shifted(said.policy.to))

    def shift(self, said: Shifted) -> None:
        """The closing days that move: those of the weekdays named, or those said last."""
        units = [unit for closed in self.closed for unit in closed.units if unit.weekdays]
        if not said.weekdays:
            units = [unit for unit in self.closed[-1].units if unit.weekdays] if self.closed else []
        moving = [unit for unit in units if not said.weekdays or set(unit.weekdays) <= set(said.weekdays)]
        if not moving:
            raise Unclear("祝日の場合に休みが移るのは、どの曜日の休みですか。")
        self.shifts.update(dict.fromkeys(moving, said.shift))

    def of_house(self) -> bool:
        """休館日, 定休: the closing days of a house that is open on all others."""
        return any(closed.of_facility for closed in self.closed)

    def open_otherwise(self) -> bool:
        """Do the closing days tell the open ones? Unclear if it cannot be seen which they are."""
        if not (self._closes_weekdays() or self.of_house()):
            return False
        if any(closed.mixed for closed in self.closed):
            raise Unclear("開いている曜日はどれですか。休みの曜日と分けて書いてください。")
        return True

    def moving_weekdays(self) -> set[int]:
        """Weekdays on which a closing day may turn out open."""
        return {weekday for unit in self.shifts if weekly(unit) for weekday in unit.weekdays}

    def closures(self, rules: tuple[Rule, ...]) -> tuple[Closure, ...]:
        """The closing days; Unclear for a closing day that none of the rules would open."""
        units = [unit for closed in self.closed for unit in closed.units]
        never = {weekday for unit in units if weekly(unit) for weekday in unit.weekdays}
        if any(rule.days.weekdays and set(rule.days.weekdays) <= never for rule in rules):
            raise Unclear("開く曜日と休みの曜日が同じです。")
        for unit in units:
            if unit.ordinals and unit.weekdays and not overlapping(unit, [rule.days for rule in rules]):
                raise Unclear("休みの日と開く日の曜日が合いません。ほかにも開く日がありますか。")
        return tuple(dict.fromkeys(Closure(unit, self.shifts.get(unit, "")) for unit in units))

    def policy(self, rules: tuple[Rule, ...]) -> HolidayPolicy:
        """The one holiday policy, 毎日 being the weakest; Unclear if two were said."""
        policies = list(dict.fromkeys(self.policies)) or [OPEN if self.every_day else HolidayPolicy()]
        if len(policies) > 1:
            raise Unclear("祝日は開きますか、休みですか、別の日に移りますか。")
        opened = any(rule.days.holidays in ("added", "only") for rule in rules)
        if policies[0].action in ("closed", "move") and opened:
            raise Unclear("祝日は開きますか、休みですか。")
        return policies[0]

    def _closes_weekdays(self) -> bool:
        return any(unit.weekdays for closed in self.closed for unit in closed.units)


def weekly(unit: Days) -> bool:
    """Weekdays of every week and nothing else."""
    return bool(unit.weekdays) and unit == Days(unit.weekdays)


def _nth_of(unit: Days, before: list[Days]) -> Days:
    """土曜日（第2・4を除く）: the second and fourth of the weekday said before; 第5週 is that of each."""
    if not unit.ordinals or unit.weekdays or unit.ordinals == (5,):
        return unit
    weekdays = {weekday for said in before for weekday in said.weekdays}
    if len(weekdays) != 1:
        raise Unclear("第何曜日が休みですか。")
    return replace(unit, weekdays=tuple(weekdays))
