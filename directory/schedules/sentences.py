"""How does a schedule read in plain Japanese? One normal form that `parse` reads back to the same rules."""

from __future__ import annotations

from directory.schedules.model import Schedule


def sentence(schedule: Schedule) -> str:
    """The normal form; empty where no dates are known."""
    return ""
