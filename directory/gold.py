"""Which searches must find which places? The labelled queries of data/gold, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from directory.evaluation import PARTS
from directory.yaml_files import Entry, entries, read_yaml

GRADES = (1, 2, 3)
UNANSWERABLE = "答えなし"
EMPTY: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class LabelledQuery:
    """A query and the grade of every place that answers it, by the listing's key; no grades: nothing in the city fits."""

    q: str
    group: str
    part: str
    judgements: Mapping[str, int]
    why: str | None = None


@dataclass(frozen=True)
class Gold:
    """All labelled queries and the moment they were written for."""

    now: datetime
    queries: tuple[LabelledQuery, ...]


def read_gold(path: Path) -> Gold:
    """The file of labelled queries; InvalidYaml says which query is wrong and what to do."""
    head = Entry(path.name, "", read_yaml(path))
    for key in ("status", "written_by", "reviewed_by", "changes"):  # for the people who read and correct the file
        head.value(key)
    try:
        now = datetime.fromisoformat(head.text("now"))
    except ValueError as error:
        raise head.wrong("now", '"2026-11-24T10:00" の形で書いてください') from error
    queries = _queries(entries(path.name, head.value("queries"), "q"))
    head.done()
    return Gold(now, queries)


def _queries(rows: list[Entry]) -> tuple[LabelledQuery, ...]:
    """In file order; a query written another way (`same_as`) takes over the labels of the query it names."""
    labelled: dict[str, Mapping[str, int]] = {}
    queries = []
    for row in rows:
        q = row.text("q")
        if q in labelled:
            raise row.wrong("q", "同じ言葉が2回あります。1つにしてください")
        labelled[q] = _judgements(row, labelled)
        queries.append(_query(row, q, labelled[q]))
    return tuple(queries)


def _query(row: Entry, q: str, judgements: Mapping[str, int]) -> LabelledQuery:
    query = LabelledQuery(q, row.text("group"), row.text("part"), judgements, row.optional("why"))
    row.must_be_known("part", query.part, dict.fromkeys(PARTS))
    if (query.group == UNANSWERABLE) == bool(judgements):
        raise row.wrong("judgements", f"掲載の番号と札を書くか、group を「{UNANSWERABLE}」にしてください")
    row.done()
    return query


def _judgements(row: Entry, labelled: Mapping[str, Mapping[str, int]]) -> Mapping[str, int]:
    other = row.optional("same_as")
    if other is not None:
        if row.value("judgements") is not None:
            raise row.wrong("same_as", "judgements と same_as は、どちらかだけを書いてください")
        if other not in labelled:
            raise row.wrong("same_as", f"「{other}」は、これより前にありません。先に書いてある言葉を書いてください")
        return labelled[other]
    given = row.value("judgements", {})
    if not isinstance(given, dict):
        raise row.wrong("judgements", "「掲載の番号: 札」を1行ずつ書いてください")
    for key, grade in given.items():
        if isinstance(grade, bool) or grade not in GRADES:
            raise row.wrong(f"judgements › {key}", "札は 3、2、1 のどれかです")
    return MappingProxyType(given) if given else EMPTY
