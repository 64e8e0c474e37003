"""Which column of a table is which of our fields? Synonyms propose, --map decides, the report prints it."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.errors import ImportRefused
from directory.importers.fields import LABELS, field_of, title_key
from directory.importers.registry import Format, known_titles
from directory.importers.tables import Row, Table

# Where two columns claim the same field, the first wins and the other's words are kept as a fact.
# Titles with a name in it that are only a name when nothing better is there.
NAMES_INSTEAD = ("place_name", "organization")


@dataclass(frozen=True)
class ColumnMapping:
    """Field → column title of one table; the titles without a field are kept word for word."""

    titles: Mapping[str, str]
    unmapped: tuple[str, ...]

    def cells(self, row: Row) -> dict[str, object]:
        """The cells of one row by field."""
        return {name: row.cells[title] for name, title in self.titles.items() if title in row.cells}

    def rest(self, row: Row) -> dict[str, object]:
        """The cells of one row that have no field, by title; cells beyond the titles too."""
        mapped = set(self.titles.values())
        return {title: cell for title, cell in row.cells.items() if title not in mapped}


def is_known(title: str) -> bool:
    """True when the title is a synonym of a field, or known to some format."""
    return field_of(title) is not None or title_key(title) in known_titles()


def proposed_titles(table: Table, chosen: Format, overrides: Mapping[str, str | None]) -> dict[str, str]:
    """Field → column title, as far as synonyms and overrides tell."""
    titles: dict[str, str] = {name: title for name, title in overrides.items() if title in table.titles}
    taken = set(titles.values())
    own = chosen.own_titles
    for title in table.titles:
        name = field_of(title, own)
        if name and title not in taken and name not in titles and overrides.get(name, "") is not None:
            titles[name] = title
            taken.add(title)
    return titles


def map_columns(table: Table, chosen: Format, overrides: Mapping[str, str | None]) -> ColumnMapping:
    """The column map of a table. Raises ImportRefused when no column names the places."""
    titles = proposed_titles(table, chosen, overrides)
    if "name" not in titles:
        substitute = next((name for name in NAMES_INSTEAD if name in titles), None)
        if substitute is None:
            raise ImportRefused(no_name(table))
        titles["name"] = titles[substitute] if substitute == "organization" else titles.pop(substitute)
    return ColumnMapping(titles, tuple(title for title in table.titles if title not in set(titles.values())))


def no_name(table: Table) -> str:
    """What to say when no column names the places."""
    seen = "、".join(table.titles[:12]) or "なし"
    return (
        f"どの列が名称か分かりません（見つかった見出し: {seen}）。"
        "--map で {\"name\": \"列の見出し\"} のように教えてください。"
    )


def check_overrides(overrides: Mapping[str, str | None]) -> None:
    """Raise ImportRefused for a --map that names no field, or not one title a field."""
    for name, title in overrides.items():
        if name not in LABELS:
            raise ImportRefused(
                f"--map の「{name}」という項目はありません。使える項目: {'、'.join(LABELS)}。"
            )
        if title is not None and not isinstance(title, str):
            raise ImportRefused(f"--map の「{name}」には列の見出しを 1 つだけ文字で書いてください。")
