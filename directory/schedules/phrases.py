"""What does a Japanese schedule phrase say? Text in, Schedule out; nothing is guessed."""

from __future__ import annotations

from directory.schedules.model import NEEDS_REVIEW, NOT_A_SCHEDULE, Schedule


def parse(phrase: str | None) -> Schedule:
    """Read a phrase; never raises. What cannot be read for certain comes back as `needs_review` with a question."""
    if phrase is None or not phrase.strip():
        return Schedule(phrase or "", NOT_A_SCHEDULE)
    return Schedule(phrase, NEEDS_REVIEW, question="いつ開いていますか。")
