"""Which statements can a phrase be made of? The frozen items that the grammar reads and the assembly puts together."""

from __future__ import annotations

from dataclasses import dataclass

from directory.schedules.model import Days, HolidayPolicy, Span, TimeSpan


@dataclass(frozen=True)
class Season:
    """夏季（4～10月）or 7月1日～8月31日: when a statement holds."""

    months: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class DaysSaid:
    """Days on which something is open. `topic` (土は…) speaks of days already named; `only` narrows; `every` is 毎週."""

    units: tuple[Days, ...]
    topic: bool = False
    only: bool = False
    without: tuple[Days, ...] = ()
    policy: HolidayPolicy | None = None
    season: Season | None = None


@dataclass(frozen=True)
class SeasonSaid:
    """A season before the times (or days) that hold in it."""

    season: Season
    topic: bool = False
    weekly: bool = False


@dataclass(frozen=True)
class TimesSaid:
    """The times of the days said before (or, at the head of a phrase, after)."""

    times: tuple[TimeSpan, ...]


@dataclass(frozen=True)
class Closed:
    """Days on which nothing opens; `policy` where 祝日 were among them, `undated` names what has no date (年末年始)."""

    units: tuple[Days, ...]
    policy: HolidayPolicy | None = None
    undated: str = ""
    of_facility: bool = False
    mixed: bool = False


@dataclass(frozen=True)
class Shifted:
    """月曜が祝日の場合は翌日休み: the closing day moves; without weekdays the one named last."""

    shift: str
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True)
class HolidaySaid:
    """What happens on 祝日."""

    policy: HolidayPolicy


@dataclass(frozen=True)
class Often:
    """月1回, 年10回: a count, None where it is uncertain."""

    unit: str
    count: int | None


@dataclass(frozen=True)
class StateSaid:
    """休止中, 非公開, 不定期, 要問合せ."""

    state: str
    words: str = ""


@dataclass(frozen=True)
class Notice:
    """An exception no rule can date, verbatim; `attached` to the days beside it (原則, 登校日の), not a clause of its own."""

    words: str
    attached: bool = False


@dataclass(frozen=True)
class Remark:
    """Words that change no date (要予約), verbatim; `attached` as for a notice."""

    words: str
    attached: bool = False


@dataclass(frozen=True)
class Question:
    """Something that was seen and must be asked."""

    text: str


Item = (
    DaysSaid | SeasonSaid | TimesSaid | Closed | Shifted | HolidaySaid | Often | StateSaid | Notice | Remark | Question
)
