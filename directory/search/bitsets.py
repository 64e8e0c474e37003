"""How are sets of listings kept small and counted fast? One bit a listing, 64 in a word; counting counts bits."""

import numpy as np

WORD = 64
BLOCK = 512  # words counted at a time: what is in between stays in the processor's cache


def pack(mask: np.ndarray) -> np.ndarray:
    """bool [n] → uint64 [⌈n/64⌉], bit i of the whole is mask[i]."""
    packed = np.packbits(mask, bitorder="little")
    words = np.zeros(-(-len(mask) // WORD) * 8, dtype=np.uint8)
    words[:len(packed)] = packed
    return words.view("<u8")


def unpack(words: np.ndarray, length: int) -> np.ndarray:
    """The bool [length] that `pack` was given."""
    return np.unpackbits(words.view(np.uint8), count=length, bitorder="little").view(bool)


def members(words: np.ndarray, length: int) -> np.ndarray:
    """Positions of the bits that are set, ascending."""
    return unpack(words, length).nonzero()[0]


def size(words: np.ndarray) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(words).sum())


def sizes(matrix: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """For each row of `matrix` uint64 [sets, words]: how many of its bits are also in `chosen`."""
    used = chosen.nonzero()[0]
    if len(used) * 2 < len(chosen):
        matrix, chosen = matrix[:, used], chosen[used]
    counted = np.zeros(len(matrix), dtype=np.uint32)
    for start in range(0, len(chosen), BLOCK):
        block = slice(start, start + BLOCK)
        counted += np.bitwise_count(matrix[:, block] & chosen[block]).sum(axis=1, dtype=np.uint32)
    return counted
