"""Which format is this file in? Every module of formats/ is a row of this registry."""

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from directory.importers import formats
from directory.importers.fields import title_key
from directory.importers.tables import Row, Table

Cells = dict[str, object]


@dataclass(frozen=True)
class Format:
    """One format: how it is recognised, what its own titles mean, and what is particular about its rows.

    signature: titles that must all be present (the longest signature wins; () is the free form).
    titles: this format's own titles → our fields, over the common synonyms.
    kind: the kind every row has, None = read from the row. public_contact: its telephone numbers are published ones.
    key: fields that together name a row for good; () = decided by the id column or name and address.
    tables: for JSON documents, the tables in it or None when it is another format.
    adjust: a last change of the cells of one row (by field) before they are cleaned.
    """

    key: str
    label: str
    signature: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    kind: str | None = None
    public_contact: bool = False
    row_key: tuple[str, ...] = ()
    tables: Callable[[object], list[Table] | None] | None = None
    adjust: Callable[[Cells, Row], None] | None = None
    language: str = "ja"

    @property
    def own_titles(self) -> Mapping[str, str]:
        """The format's own titles in comparing spelling."""
        return {title_key(title): name for title, name in self.titles.items()}

    def matches(self, titles: tuple[str, ...]) -> bool:
        """True when every title of the signature is there."""
        present = {title_key(title) for title in titles}
        return all(title_key(title) in present for title in self.signature)


@cache
def all_formats() -> dict[str, Format]:
    """Every format by key, the longest signature first."""
    found: list[Format] = []
    for module in pkgutil.iter_modules(formats.__path__):
        loaded = import_module(f"{formats.__name__}.{module.name}")
        found += getattr(loaded, "FORMATS", None) or [loaded.FORMAT]
    found.sort(key=lambda entry: (-len(entry.signature), entry.key))
    return {entry.key: entry for entry in found}


def recognise(table: Table) -> Format:
    """The format whose signature the table's titles carry, or that it had as JSON; the free form when there is none."""
    if table.was:
        return next((entry for entry in all_formats().values() if entry.label == table.was), all_formats()["free_form"])
    return next(
        entry for entry in all_formats().values() if entry.tables is None and entry.matches(table.titles)
    )


def tables_in(document: object) -> tuple[Format, list[Table]] | None:
    """The format of a JSON document and its tables, None when nobody knows it."""
    for entry in sorted(all_formats().values(), key=lambda entry: entry.key != "hsds"):
        tables = entry.tables(document) if entry.tables else None
        if tables:
            return entry, tables
    return None


def known_titles() -> set[str]:
    """Every title some format knows by itself, in comparing spelling."""
    return {title for entry in all_formats().values() for title in entry.own_titles}
