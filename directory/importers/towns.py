"""How does a gazetteer of towns become our Town rows? Geolonia's CSV, our data/towns.csv, or a table like them."""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from directory.addresses import town_key
from directory.errors import ImportRefused
from directory.importers.cleaning.codes import municipality_code
from directory.importers.cleaning.coordinates import coordinates
from directory.importers.cleaning.text import line
from directory.importers.fields import title_key
from directory.importers.reading.file import read_file
from directory.importers.report import Finding, Report
from directory.importers.tables import Table, table_of
from directory.models import Town
from directory.models.columns import new_id
from directory.writing import Writing, writing

TITLES: Mapping[str, tuple[str, ...]] = {
    "prefecture": ("都道府県名", "都道府県", "prefecture"), "municipality": ("市区町村名", "市区町村", "municipality"),
    "municipality_code": ("市区町村コード", "全国地方公共団体コード", "municipality_code"),
    "name": ("大字町丁目名", "町字名", "大字・町丁目名", "town"), "part": ("小字・通称名", "小字"),
    "kana": ("大字町丁目名カナ", "町字名カナ", "kana"), "latitude": ("緯度", "latitude"), "longitude": ("経度", "longitude"),
    "zone": ("zone",),
}
NEEDED = ("prefecture", "municipality", "name", "latitude", "longitude")


def import_towns(
    engine: Engine, path: Path, now: datetime, *, zones: Mapping[str, str] | None = None, dry_run: bool = False,
) -> Report:
    """Import a gazetteer. `zones` gives the zone of towns whose name begins so (宮島町 → miyajima).

    A town is named by municipality and name; it is updated, never deleted. Raises ImportRefused for another file.
    """
    report = Report(path.name.partition(".")[0], "towns", dry_run=dry_run)
    content = read_file(path)
    report.encoding = content.encoding
    table = next(filter(None, (table_of(sheet, _is_title) for sheet in content.sheets)), None)
    columns = _columns(table) if table else {}
    if not all(name in columns for name in NEEDED):
        raise ImportRefused(
            "町字の一覧として読めません。都道府県名・市区町村名・大字町丁目名・緯度・経度の列がある CSV を選んでください。"
        )
    towns = _towns(table, columns, zones or {}, report)
    with writing(engine, by="取り込み", why=f"町字の一覧「{report.source}」の取り込み", now=now) as write:
        _upsert(write, towns, report)
        if dry_run:
            write.session.rollback()
            write.history.clear()
            write.changed.clear()
    return report


def _is_title(title: str) -> bool:
    return any(title_key(title) in map(title_key, titles) for titles in TITLES.values())


def _columns(table: Table) -> dict[str, str]:
    known = {title_key(title): name for name, titles in TITLES.items() for title in titles}
    return {known[title_key(title)]: title for title in table.titles if title_key(title) in known}


def _towns(table: Table, columns: Mapping[str, str], zones: Mapping[str, str], report: Report) -> list[dict]:
    """The clean rows; a row without a usable point is rejected with what to do."""
    towns: dict[tuple[str, str], dict] = {}
    for row in table.rows:
        report.rows += 1
        cells = {name: row.cells.get(title) for name, title in columns.items()}
        point, doubt = coordinates(cells["latitude"], cells["longitude"])
        prefecture, municipality, name = (line(cells[part]) for part in ("prefecture", "municipality", "name"))
        if point is None or not (prefecture and municipality and name):
            report.reject += 1
            report.rejects.append(Finding(
                table.name, row.number, table.unit, columns["latitude"], str(cells["latitude"] or ""),
                doubt.problem if doubt else "町字の名前か位置がありません。", "町字の名前と、日本の中の緯度・経度を入れてください。",
            ))
            continue
        town = f"{name}{line(cells.get('part')) or ''}"
        code, _ = municipality_code(cells.get("municipality_code"), prefecture)
        island = next((zone for start, zone in zones.items() if town.startswith(start)), "mainland")
        zone = line(cells.get("zone")) or island
        key = (municipality, town_key(town))
        if key in towns:
            report.others["同じ町字のくりかえし"] += 1
            continue
        kana = line(cells.get("kana"))
        towns[key] = {
            "prefecture": prefecture, "municipality": municipality, "municipality_code": code, "name": town,
            "name_kana": unicodedata.normalize("NFKC", kana) if kana else None, "latitude": point[0],
            "longitude": point[1],
            "zone": zone,
        }
    return list(towns.values())


def _upsert(write: Writing, towns: list[dict], report: Report) -> None:
    known = {(town.municipality, town_key(town.name)): town for town in write.session.scalars(select(Town))}
    new = []
    for values in towns:
        stored = known.get((values["municipality"], town_key(values["name"])))
        if stored is None:
            new.append({"id": new_id(), **values})
        elif write.edit(
            stored, **{name: value for name, value in values.items() if value is not None and name != "name"}
        ):
            report.update += 1
        else:
            report.noop += 1
    write.insert_rows(Town, new)
    write.note_added(Town.__tablename__, [row["id"] for row in new])
    report.insert = len(new)
