"""Which listings are one and the same, why do we think so, and how do two become one and two again?

    Pool.read(session, vocabulary).similar(values)     the listings that a new row could be (directory/duplicates/pool.py)
    sentences(pair.evidence)                           why, in sentences a person can say aloud
"""

from directory.duplicates.comparing import Pair
from directory.duplicates.pool import ROW, Pool, other_of
from directory.duplicates.weights import sentences

__all__ = ["ROW", "Pair", "Pool", "other_of", "sentences"]
