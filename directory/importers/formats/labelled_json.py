"""JSON lists: one list of objects, or several with a `header` of labels and an `index` of section names (湯沢市)."""

from collections.abc import Mapping

from directory.importers.registry import Format
from directory.importers.tables import Row, Table, line_of


def tables(document: object) -> list[Table] | None:
    """A table a list of objects; the labels of `header` are its titles, its entry in `index` its section."""
    if isinstance(document, list):
        document = {"data": document}
    if not isinstance(document, Mapping) or document.get("type") == "FeatureCollection":
        return None
    labels, index = document.get("header"), document.get("index")
    labels = labels if isinstance(labels, Mapping) else {}
    index = index if isinstance(index, Mapping) else {}
    found = []
    for name, items in document.items():
        if isinstance(items, list) and items and all(isinstance(item, Mapping) for item in items):
            own = labels.get(name) if isinstance(labels.get(name), Mapping) else labels
            found.append(_table(str(name), items, own, index.get(name), str(document.get("source") or "")))
    return found or None


def _table(name: str, items: list, labels: Mapping, section: object, source: str) -> Table:
    titles = _titles(items, labels)
    rows = [
        Row(number, {titles[key]: cell for key, cell in item.items()}, str(section) if section else None)
        for number, item in enumerate(items, start=1)
    ]
    return Table(name, tuple(dict.fromkeys(titles.values())), rows, heading=source, unit="件目")


def _titles(items: list, labels: Mapping) -> dict[str, str]:
    """Key → title; a label used twice, or empty, is told apart by its key."""
    titles: dict[str, str] = {}
    for key in dict.fromkeys(key for item in items for key in item):
        label = line_of(labels.get(key)) if isinstance(labels.get(key), str) else ""
        titles[key] = f"{label}（{key}）" if label and label in titles.values() else label or line_of(str(key))
    return titles


FORMAT = Format("labelled_json", "JSON の一覧", public_contact=True, tables=tables)
