"""Whom is it for and what does it cost, as far as the row says?"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from directory.importers.cleaning.ages import ages
from directory.importers.cleaning.fees import Fee, fees
from directory.importers.cleaning.text import line, words


def eligibility_values(cells: Mapping[str, object]) -> dict[str, object]:
    """Values of age, audience, fees and application; what the source does not say stays unknown."""
    age_text = line(cells.get("ages")) or "～".join(
        filter(None, (line(cells.get("age_from")), line(cells.get("age_until"))))) or None
    state, lowest, highest = ages(line(cells.get("ages")))
    if cells.get("age_from") or cells.get("age_until"):
        state, lowest, _ = ages(line(cells.get("age_from")), from_column=True)
        _, _, highest = ages(line(cells.get("age_until")))
        state = "stated" if age_text else state
    stated_lowest, stated_highest = _number(cells.get("minimum_age")), _number(cells.get("maximum_age"))
    if stated_lowest is not None or stated_highest is not None:
        state, lowest, highest = "stated", stated_lowest, stated_highest
    fees_state, rows = _fees(cells)
    return {
        "service.audience_text": words(cells.get("audience")), "service.age_state": state,
        "service.minimum_age": _text(lowest), "service.maximum_age": _text(highest), "service.age_text": age_text,
        "service.fees_state": fees_state,
        "service.fees": [[fee.per, fee.yen, fee.for_whom, fee.note] for fee in rows],
        "service.application": _application(cells.get("application")),
    }


def _fees(cells: Mapping[str, object]) -> tuple[str, tuple[Fee, ...]]:
    by_age = cells.get("fees_by_age")
    if not isinstance(by_age, Mapping):
        return fees(cells.get("fees"))
    rows = tuple(row for who, cell in by_age.items() for row in fees(cell, who)[1])
    if rows and len(rows) == len(by_age) and all(row.yen == 0 for row in rows) and len(by_age) >= 5:
        return "none", ()
    return ("stated", rows) if rows else ("unknown", ())


def _application(cell: object) -> str | None:
    """none 予約不要, phone 電話, apply 申込; anything else is not decided here."""
    text = line(cell)
    if text is None:
        return None
    if text in ("不要", "予約不要", "申込不要", "無") or text.startswith(("予約は不要", "申込は不要", "予約不要", "申込不要")):
        return "none"
    if text.startswith(("電話", "要電話", "TEL", "お電話")):
        return "phone"
    return "apply" if text in ("要", "必要", "要予約", "要申込", "予約制", "事前申込", "申込", "申込必要", "要事前予約") else None


def _number(cell: object) -> Decimal | None:
    if not isinstance(cell, (int, float, str)) or cell == "":
        return None
    try:
        return Decimal(str(cell)).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
