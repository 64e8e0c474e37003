"""What do the text tests share? The city's own vocabulary, and a question read on one fixed day."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from directory.text import (
    ParsedQuery,
    TextIndex,
    document_terms,
    key_terms,
    parse_query,
)
from directory.vocabulary import Vocabulary, load_vocabulary

DATA = Path(__file__).parents[3] / "data"
TUESDAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The vocabulary of the sample city."""
    return load_vocabulary(DATA / "vocabulary")


@pytest.fixture(scope="session")
def read(vocabulary: Vocabulary) -> Callable[..., ParsedQuery]:
    """A question, read on Tuesday 24 November 2026."""
    return lambda q, **options: parse_query(q, vocabulary, today=TUESDAY, **options)


ROWS = (
    {"name": "ナガスタ", "kana": "ながすた", "kind": "maker_shop", "description": "いらない物を直して使うお店です。"},
    {"name": "いきいき百歳体操 浅原げんき隊", "kind": "hyakusai_taiso", "needs": ["exercise"], "description": "椅子に座ってできます。"},
    {"name": "ふれあいサロン ひだまり", "kind": "salon", "needs": ["company"], "description": "お茶とおしゃべりの会。体操もあります。"},
    {"name": "津田 木工の部屋", "kind": "maker_shop", "place": "津田支所", "description": "ものづくりの場。"},
    {"name": "茶道の会", "kind": "hobby_circle", "description": "抹茶をたてます。お酒は出ません。"},
    {"name": "飲み会", "kind": "familiar_shop", "description": "お酒を飲みます。お茶もあります。"},
)


def texts_of(row: dict) -> dict[str, str]:
    """The searchable texts of a row."""
    return {field: row[field] for field in ("name", "kana", "description", "place") if field in row}


@pytest.fixture(scope="session")
def index(vocabulary: Vocabulary) -> TextIndex:
    """Six places."""
    documents = []
    for row in ROWS:
        terms = document_terms({**texts_of(row), "category": vocabulary.kinds[row["kind"]].label})
        terms["category"] += key_terms("kind", [row["kind"]])
        terms["needs"] = list(key_terms("need", row.get("needs", [])))
        documents.append(terms)
    return TextIndex.build(documents, ["\n".join(texts_of(row).values()) for row in ROWS])


@pytest.fixture(scope="session")
def find(index: TextIndex, read: Callable[..., ParsedQuery]) -> Callable[[str], list[str]]:
    """Names of the rows a question finds, best first."""
    def names(q: str) -> list[str]:
        found = index.match(read(q))
        best = sorted(zip(-found.scores, found.rows, strict=True))
        return [ROWS[row]["name"] for _, row in best]
    return names
