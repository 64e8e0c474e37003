"""Which index terms were worked out before, so that starting up need not analyse every text again?

The table text_tokens is a discardable cache keyed by the hash of a text; rows of another analyser are not used and go with
the next saving. Deleting the whole table costs seconds, never a wrong result.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, delete, insert, select

from directory.models import TextTokens
from directory.text.analysis import fingerprint, index_terms

TABLE = TextTokens.__table__
SEPARATOR = "\n"
PERSON = {True: b"pairs", False: b"words"}
AT_ONCE = 500  # bound parameters of one statement


class TokenCache:
    """Index terms by text, as `analyse` of `document_terms`. Read it whole, use it, then `save` what was new."""

    def __init__(self, stored: dict[str, str] | None = None) -> None:
        self._stored = stored or {}
        self._fresh: dict[str, str] = {}

    @classmethod
    def load(cls, connection: Connection) -> TokenCache:
        """Everything this analyser stored before."""
        rows = connection.execute(select(TABLE.c.hash, TABLE.c.terms).where(TABLE.c.fingerprint == fingerprint()))
        return cls({row.hash: row.terms for row in rows})

    def __call__(self, text: str, pairs: bool = True) -> list[str]:
        key = text_hash(text, pairs)
        joined = self._stored.get(key)
        if joined is None:
            joined = SEPARATOR.join(index_terms(text, pairs))
            self._stored[key] = self._fresh[key] = joined
        return joined.split(SEPARATOR) if joined else []

    @property
    def fresh(self) -> int:
        """How many texts were analysed because the cache did not know them."""
        return len(self._fresh)

    def save(self, connection: Connection) -> None:
        """Store what is new and forget what other analysers stored; the caller commits."""
        connection.execute(delete(TABLE).where(TABLE.c.fingerprint != fingerprint()))
        rows = [{"hash": key, "fingerprint": fingerprint(), "terms": terms} for key, terms in self._fresh.items()]
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start:start + AT_ONCE]
            connection.execute(delete(TABLE).where(TABLE.c.hash.in_([row["hash"] for row in part])))
            connection.execute(insert(TABLE), part)
        self._fresh = {}


def text_hash(text: str, pairs: bool = True) -> str:
    """The key of a text; with and without letter pairs are two entries."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16, person=PERSON[pairs]).hexdigest()
