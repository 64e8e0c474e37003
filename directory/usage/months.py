"""Which month is it? Use is counted by Japanese months."""

from datetime import date


def month_of(moment: date) -> str:
    """2026-11."""
    return f"{moment:%Y-%m}"
