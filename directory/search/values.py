"""How is a value of a URL or a form read? Each reader gives the canonical value, or None if it means nothing."""

import math
import re
import unicodedata
from datetime import date

_TIME = re.compile(r"(\d{1,2})(?:[:時](?:(\d{1,2})分?|(半))?)?")
# 500 m: near enough to rank by, too coarse to say where somebody lives.
POINT_STEP = 0.005


def read_time(text: str) -> str | None:
    """「10」「10:30」「10時半」 → "10:30"."""
    match = _TIME.fullmatch(_plain(text))
    if not match:
        return None
    hour, minute = int(match[1]), 30 if match[3] else int(match[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 and hour * 60 + minute <= 24 * 60 else None


def minutes(canonical: str) -> int:
    """"10:30" → 630."""
    hour, minute = canonical.split(":")
    return int(hour) * 60 + int(minute)


def read_date(text: str) -> str | None:
    """"2026-11-24" or "2026/11/24" → "2026-11-24"."""
    try:
        return date.fromisoformat(_plain(text).replace("/", "-")).isoformat()
    except ValueError:
        return None


def read_cost(text: str) -> str | None:
    """「300」「300円」 → "300"; 0 → "free"."""
    digits = _plain(text).removesuffix("円").replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
        return None
    return "free" if int(digits) == 0 else str(int(digits))


def yen_label(value: str) -> str:
    """"300" → 「300円まで」."""
    return f"{int(value):,}円まで"


def read_kilometres(text: str) -> str | None:
    """「3」「3km」 → "3": more than 0 and at most 100."""
    try:
        kilometres = float(_plain(text).lower().removesuffix("km"))
    except ValueError:
        return None
    return f"{kilometres:g}" if 0 < kilometres <= 100 else None


def read_point(text: str) -> str | None:
    """"34.3581,132.3301" → "34.360,132.330": rounded so that no home can be told from it."""
    try:
        latitude, longitude = (float(part) for part in _plain(text).split(","))
    except ValueError:
        return None
    if not (math.isfinite(latitude) and math.isfinite(longitude) and 20 <= latitude <= 46 and 122 <= longitude <= 154):
        return None
    return f"{_rounded(latitude):.3f},{_rounded(longitude):.3f}"


def _rounded(degrees: float) -> float:
    return round(degrees / POINT_STEP) * POINT_STEP


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
