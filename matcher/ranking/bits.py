"""How are yes/no facts of many rows kept small? One bit a row, 64 in a word; a set of rows is a row of words."""

import numpy as np

WORD = 64


def words_for(size: int) -> int:
    """Words that hold `size` bits."""
    return -(-size // WORD)


def pack(mask: np.ndarray) -> np.ndarray:
    """bool [..., n] → uint64 [..., words]; bits past the end are 0."""
    packed = np.packbits(mask, axis=-1, bitorder="little")
    words = np.zeros((*mask.shape[:-1], words_for(mask.shape[-1]) * 8), dtype=np.uint8)
    words[..., :packed.shape[-1]] = packed
    return words.view("<u8")


def unpack(words: np.ndarray, size: int) -> np.ndarray:
    """The bool [size] that `pack` was given."""
    return np.unpackbits(words.view(np.uint8), count=size, bitorder="little").view(bool)


def members(words: np.ndarray, size: int) -> np.ndarray:
    """Rows whose bit is set, ascending."""
    return np.flatnonzero(unpack(words, size))


def count(words: np.ndarray) -> int:
    """How many bits are set."""
    return int(np.bitwise_count(words).sum(dtype=np.int64))


def everything(size: int) -> np.ndarray:
    """All `size` bits set."""
    words = np.full(words_for(size), np.uint64(0xFFFFFFFFFFFFFFFF))
    if size % WORD:
        words[-1] = np.uint64((1 << size % WORD) - 1)
    return words
