"""How do the counts become a table for Excel? CSV text, the definition above it; save it as UTF-8 with a BOM."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from directory.exporters.cells import safe_cell
from directory.search.filters import filters_of
from directory.usage.pages import PAGES
from directory.usage.reporting import DEFINITION, DEMAND_DEFINITION, DemandMonth, MonthlyViewers
from directory.vocabulary import Vocabulary

NO_AREA = "（地域の指定なし）"


def viewers_sheet(months: Iterable[MonthlyViewers]) -> str:
    """月間閲覧ユーザー, one row a month."""
    head = ["月", "閲覧ユーザー", "ページの閲覧数", *PAGES.values(), "備考"]
    rows = [
        [row.month, row.viewers, row.views, *(row.pages.get(page, 0) for page in PAGES), _remark(row)]
        for row in months
    ]
    return _text("月間閲覧ユーザー", DEFINITION, head, rows)


def demand_sheet(months: Iterable[DemandMonth], vocabulary: Vocabulary) -> str:
    """What was looked for, one row a month, 地域 and term."""
    head = ["月", "地域", "項目", "用語", "さがされた回数", "見つからなかった回数"]
    rows = [
        [row.month, row.area or NO_AREA, *labels(row, vocabulary), row.searches, "" if row.empty is None else row.empty]
        for row in months
    ]
    return _text("さがされた言葉", DEMAND_DEFINITION, head, rows)


def labels(row: DemandMonth, vocabulary: Vocabulary) -> tuple[str, str]:
    """What the parameter and the term are called; a term the vocabulary no longer has keeps its key."""
    if not row.parameter:
        return "すべての検索", ""
    listed = {"need": vocabulary.needs, "kind": vocabulary.kinds, "welcome": vocabulary.welcome}.get(row.parameter)
    filter_row = filters_of(vocabulary).get(row.parameter)
    if filter_row is None:
        return row.parameter, row.term
    if listed is not None:
        return filter_row.label, listed[row.term].label if row.term in listed else row.term
    # The other filters offer the same values in every edition of the catalog.
    return filter_row.label, filter_row.values(None).get(row.term) or filter_row.chip(row.term)


def _remark(row: MonthlyViewers) -> str:
    parts = [
        "" if row.is_whole else f"{row.since.month}月{row.since.day}日から数えています。",
        "" if row.closed else "まだ月の途中です。",
    ]
    return "".join(parts)


def _text(title: str, definition: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = StringIO()
    sheet = csv.writer(text)
    sheet.writerow([title])
    sheet.writerows([sentence] for sentence in definition)
    sheet.writerow([])
    sheet.writerow(head)
    sheet.writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue()
