"""How is a schedule stored as text? As canonical JSON in which a field with its default value is left out."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from typing import Any

from directory.schedules.model import (
    STATES,
    CalendarDay,
    Closure,
    Days,
    HolidayPolicy,
    Rule,
    Schedule,
    Span,
    TimeSpan,
)

# Which record a nested field holds; every other field holds plain values.
NESTED: dict[tuple[type, str], type] = {
    (Schedule, "rules"): Rule,
    (Schedule, "closures"): Closure,
    (Schedule, "holidays"): HolidayPolicy,
    (Rule, "days"): Days,
    (Rule, "times"): TimeSpan,
    (Rule, "without"): Days,
    (Closure, "days"): Days,
    (HolidayPolicy, "instead"): Days,
    (Days, "spans"): Span,
    (Days, "after"): Days,
    (Span, "first"): CalendarDay,
    (Span, "last"): CalendarDay,
}


def encode(schedule: Schedule) -> str:
    """Keys sorted, no spaces, Japanese as written: equal schedules give equal text."""
    return json.dumps(plain(schedule), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def decode(text: str) -> Schedule:
    """The schedule that `encode` wrote; ValueError says what is wrong with any other text."""
    value = json.loads(text)
    if not isinstance(value, dict) or value.get("state") not in STATES:
        raise ValueError("日時の記録ではありません（state がありません）")
    try:
        return _record(Schedule, value)
    except TypeError as error:
        raise ValueError(f"日時の記録として読めません: {error}") from error


def plain(value: Any) -> Any:
    """Records as dictionaries, tuples as lists."""
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: plain(item) for field, item in pairs if item != field.default}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def _record(cls: type, value: dict[str, Any]) -> Any:
    return cls(**{name: _field(NESTED.get((cls, name)), item) for name, item in value.items()})


def _field(cls: type | None, item: Any) -> Any:
    if isinstance(item, list):
        return tuple(_field(cls, part) for part in item)
    return _record(cls, item) if cls is not None and isinstance(item, dict) else item
