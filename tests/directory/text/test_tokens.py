"""Are texts analysed once only, and never with another analyser's terms?"""

from sqlalchemy import insert, select

from directory.models import TextTokens
from directory.text import TokenCache, fingerprint, index_terms
from directory.text.tokens import text_hash

TABLE = TextTokens.__table__


def test_terms_are_kept_and_read_again(engine):
    with engine.begin() as connection:
        first = TokenCache.load(connection)
        assert list(first("体操の会")) == list(index_terms("体操の会"))
        first("体操の会", False), first("")
        assert first.fresh == 3
        first.save(connection)
    with engine.begin() as connection:
        second = TokenCache.load(connection)
        assert list(second("体操の会")) == list(index_terms("体操の会"))
        assert list(second("体操の会", False)) == list(index_terms("体操の会", False))
        assert list(second("")) == [] and second.fresh == 0


def test_terms_of_another_analyser_are_not_used_and_give_way(engine):
    with engine.begin() as connection:
        connection.execute(insert(TABLE), [{"hash": key, "fingerprint": "older", "terms": "w:wrong"}
                                           for key in (text_hash("体操"), text_hash("もうない文"))])
        cache = TokenCache.load(connection)
        assert "w:wrong" not in cache("体操")
        cache.save(connection)
        assert connection.scalars(select(TABLE.c.fingerprint)).all() == [fingerprint()]


def test_the_fingerprint_is_stable_within_a_process():
    assert fingerprint() == fingerprint() and len(fingerprint()) == 32
