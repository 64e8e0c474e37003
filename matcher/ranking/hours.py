"""Do a place's sessions lie in the times the person can go? Worked out for each distinct set of sessions.

A session is contained when all of it lies in the person's times, touched when at least half an hour of it does.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import numpy as np

from matcher.ranking.columns import Sessions
from matcher.ranking.profile import Slot
from matcher.ranking.view import View

DAY, WEEK = 24 * 60, 7 * 24 * 60
# A visit shorter than this is none
VISIT = 30
NONE, UNSURE, PART, WHOLE = 0, 1, 2, 3
BAND_STARTS = (0, 12 * 60, 17 * 60, 19 * 60, DAY)
BANDS = ("午前", "午後", "夕方", "夜")
SLOT_BITS = 7 * len(BANDS)


def fits(view: View) -> np.ndarray:
    """For each row: NONE, UNSURE (no times known), PART or WHOLE."""
    return of_sets(view.candidates.sessions, view.profile.slots)[view.column("schedule")]


def of_sets(sessions: Sessions, slots: tuple[Slot, ...]) -> np.ndarray:
    """uint8 [sets]: how the sessions of each set fit these times of the week."""
    return _best(sessions, _codes(sessions, _overlap(sessions, _intervals(slots)).sum(axis=0)))


def added_bands(sessions: Sessions, slots: tuple[Slot, ...]) -> np.ndarray:
    """uint8 [28, sets]: how each set would fit if one more weekday × part of the day were possible."""
    pieces, bits, starts = _added_pieces(slots)
    overlap = np.zeros((SLOT_BITS, len(sessions.of_set)), dtype=np.int64)
    if len(bits):
        overlap[bits] = np.add.reduceat(_overlap(sessions, pieces), starts, axis=0)
    overlap += _overlap(sessions, _intervals(slots)).sum(axis=0)
    return _best(sessions, _codes(sessions, overlap))


def band_slot(bit: int) -> Slot:
    """Weekday × part of the day as times; bit = weekday · 4 + part."""
    weekday, band = divmod(bit, 4)
    return Slot(weekday, BAND_STARTS[band], BAND_STARTS[band + 1])


@lru_cache(maxsize=256)
def _intervals(slots: tuple[Slot, ...]) -> np.ndarray:
    """int64 [n, 2]: the times as minutes of the week, merged; twice, so that a night may run over the week's end."""
    return np.array(_merged(slots), dtype=np.int64).reshape(-1, 2)


@lru_cache(maxsize=256)
def _added_pieces(slots: tuple[Slot, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The minutes the 28 parts of the week add to these times: pieces, the parts that add any, where theirs begin."""
    free = _merged(slots)
    pieces, bits = [], []
    for bit in range(SLOT_BITS):
        for start, end in _merged((band_slot(bit),)):
            for piece in _without(start, end, free):
                pieces.append(piece)
                bits.append(bit)
    adding, starts = np.unique(np.array(bits, dtype=np.int64), return_index=True)
    return np.array(pieces, dtype=np.int64).reshape(-1, 2), adding, starts


def _merged(slots: Iterable[Slot]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((week + slot.weekday * DAY + slot.from_minute, week + slot.weekday * DAY + slot.until_minute)
                             for slot in slots for week in (0, WEEK)):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _without(start: int, end: int, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of start–end outside these intervals, which ascend."""
    for first, last in taken:
        if last <= start or first >= end:
            continue
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def _overlap(sessions: Sessions, intervals: np.ndarray) -> np.ndarray:
    """int64 [intervals, sessions]: minutes they share."""
    first, last = sessions.in_week
    shared = np.minimum(last, intervals[:, 1:]) - np.maximum(first, intervals[:, :1])
    return np.maximum(shared, 0)


def _codes(sessions: Sessions, overlap: np.ndarray) -> np.ndarray:
    """How each single session fits, from the minutes it shares with the person's times."""
    first, last = sessions.in_week
    length = last - first
    whole, part = overlap >= length, overlap >= np.minimum(VISIT, length)
    codes = part.astype(np.uint8) * PART + whole
    return np.where(sessions.vague & part, np.uint8(UNSURE), codes)


def _best(sessions: Sessions, codes: np.ndarray) -> np.ndarray:
    """The best session of each set [..., sets]; a set without any is unsure."""
    best = np.full((*codes.shape[:-1], sessions.sets), UNSURE, dtype=np.uint8)
    used, starts = sessions.spans
    if len(used):
        best[..., used] = np.maximum.reduceat(codes, starts, axis=-1)
    return best
