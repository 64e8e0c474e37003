"""How does a URL become a query? Known parameters are read by their filter row; whatever cannot be used is named."""

from collections.abc import Iterable, Mapping

from directory.catalog import Catalog
from directory.search.filters import Filter, filters_of
from directory.search.query import MAXIMUM_PAGE, SORTS, SearchQuery

LONGEST_VALUE = 200
MOST_VALUES = 60
MOST_SENTENCES = 5


def read_parameters(pairs: Iterable[tuple[str, str]], catalog: Catalog) -> SearchQuery:
    """The query that parameters of a URL mean. Never raises: `ignored` says in whole sentences what was left out."""
    filters = filters_of(catalog.vocabulary)
    values: dict[str, list[str]] = {}
    plain: dict[str, str] = {}
    ignored: dict[str, None] = {}
    for name, value in pairs:
        if name in ("q", "sort", "page"):
            plain.setdefault(name, value)
        elif sentence := _take(filters, catalog, values, name, value.strip()[:LONGEST_VALUE]):
            ignored[sentence] = None
    sort, page = _sort(plain.get("sort", ""), ignored), _page(plain.get("page", ""), ignored)
    return SearchQuery(
        q=" ".join(_printable(plain.get("q", "")).split()),
        values=tuple((name, tuple(values[name])) for name in filters if values.get(name)),
        sort=sort, page=page, ignored=tuple(ignored)[:MOST_SENTENCES],
    )


def _take(
    filters: Mapping[str, Filter], catalog: Catalog, values: dict[str, list[str]], name: str, value: str
) -> str | None:
    """Add one value, or return the sentence that says why not. An empty field of a form is no value."""
    row = filters.get(name)
    if row is None:
        return f"「{_shown(name)}」という条件はありません。使わずにさがしました。"
    if not value:
        return None
    accepted = row.accept(value, catalog)
    if accepted is None:
        return f"{row.label}の「{_shown(value)}」は読みとれませんでした。使わずにさがしました。"
    chosen = values.setdefault(name, [])
    if accepted not in chosen and len(chosen) < MOST_VALUES:
        chosen.append(accepted)
    if not row.many:
        values[name] = chosen[:1]
    return None


def _sort(text: str, ignored: dict[str, None]) -> str:
    if text in SORTS or not text:
        return text or "recommended"
    ignored[f"ならべかたの「{_shown(text)}」はありません。おすすめ順にならべました。"] = None
    return "recommended"


def _page(text: str, ignored: dict[str, None]) -> int:
    if not text:
        return 1
    if text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MAXIMUM_PAGE:
        return int(text)
    ignored[f"ページの「{_shown(text)}」は読みとれませんでした。1ページ目を出しました。"] = None
    return 1


def _shown(text: str) -> str:
    """A stranger's text, short and printable."""
    return _printable(text)[:20]


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)
