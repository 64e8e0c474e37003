"""How do we learn how many people live in each 地域? From the standard open data file 地域・年齢別人口, one row a district.

A row lies in the 地域 it names, else in the one most listings of its town lie in; where nobody can tell it lies in none,
and the report says so. Nothing is guessed from a name that only looks alike.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.addresses import town_key
from directory.catalog.columns import AREA_KIND
from directory.errors import ImportRefused
from directory.importers.cleaning.text import fold, line
from directory.importers.cleaning.times import day
from directory.importers.fields import title_key
from directory.importers.reading.file import read_file
from directory.importers.report import Finding, Report
from directory.importers.tables import Row, Table, table_of
from directory.models import Area, ListingArea, Location, Population, ServiceAtLocation
from directory.models.columns import new_id
from directory.writing import Writing, writing

TITLES: Mapping[str, tuple[str, ...]] = {
    "municipality": ("市区町村名", "市区町村"), "surveyed_on": ("調査年月日", "調査日", "基準日"),
    "name": ("地域名", "町名", "町字名", "地区名"), "total": ("総人口", "人口", "人口総数"),
    "households": ("世帯数",), "area": ("圏域", "地域"),
}
NEEDED = ("name", "total", "surveyed_on")
# 0-4歳の男性, 85歳以上の女性: the lower end of the band.
AGE_TITLE = re.compile(r"(\d{1,3})(?:-\d{1,3}歳|歳以上)の(?:男性|女性)")
NUMBER = re.compile(r"\d{1,9}")
AREA_ENDING = re.compile("(?:地域|圏域|支所管内|地区)$")


@dataclass(frozen=True)
class Columns:
    """Which titles of this table hold what; `ages`: title → lower end of its band."""

    named: Mapping[str, str]
    ages: Mapping[str, int]


def import_population(
    engine: Engine, path: Path, now: datetime, *, municipality: str, areas: Collection[str], dry_run: bool = False,
) -> Report:
    """Import one file. `municipality` where the file names none; `areas`: the 地域 of the city.

    A row is known by municipality, name and day of the survey: the same file again changes nothing. Raises ImportRefused.
    """
    report = Report(path.name.partition(".")[0], "population", dry_run=dry_run)
    content = read_file(path)
    report.encoding = content.encoding
    table = next(filter(None, (table_of(sheet, _is_title) for sheet in content.sheets)), None)
    columns = _columns(table) if table else Columns({}, {})
    if table is None or not all(name in columns.named for name in NEEDED):
        raise ImportRefused("人口の一覧として読めません。地域名・総人口・調査年月日の列がある CSV を選んでください。")
    with writing(engine, by="取り込み", why=f"人口「{report.source}」の取り込み", now=now) as write:
        lies_in = area_finder(write.session, areas)
        _upsert(write, _rows(table, columns, municipality, lies_in, report), report)
        if dry_run:
            write.session.rollback()
            write.history.clear()
            write.changed.clear()
    return report


def area_finder(session: Session, areas: Collection[str]) -> Mapping[str, str]:
    """The name of a district, folded → its 地域: the 地域 themselves, and the towns our listings stand in."""
    rows = session.execute(
        select(Location.town, Area.name).join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
        .join(ListingArea, ListingArea.listing_id == ServiceAtLocation.id).join(Area, Area.id == ListingArea.area_id)
        .where(Area.kind == AREA_KIND, Area.name.in_(list(areas)), Location.town.is_not(None)))
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for town, area in rows:
        seen[town_key(town)][area] += 1
    return {
        **{town: min(counts, key=lambda area: (-counts[area], area)) for town, counts in seen.items()},
        **{town_key(area): area for area in areas},
    }


def _is_title(title: str) -> bool:
    return bool(AGE_TITLE.fullmatch(fold(title))) or title_key(title) in {
        title_key(known) for titles in TITLES.values() for known in titles}


def _columns(table: Table) -> Columns:
    known = {title_key(title): name for name, titles in TITLES.items() for title in titles}
    named: dict[str, str] = {}
    for title in table.titles:
        if title_key(title) in known:
            named.setdefault(known[title_key(title)], title)
    ages = {title: int(found[1]) for title in table.titles if (found := AGE_TITLE.fullmatch(fold(title)))}
    return Columns(named, ages)


def _rows(
    table: Table, columns: Columns, municipality: str, lies_in: Mapping[str, str], report: Report
) -> list[dict]:
    """The clean rows; what cannot be counted is rejected with what to do."""
    rows: dict[tuple, dict] = {}
    for row in table.rows:
        report.rows += 1
        values = _values(row, columns, municipality, lies_in)
        if values is None:
            report.reject += 1
            report.rejects.append(Finding(
                table.name, row.number, table.unit, columns.named["total"],
                str(row.cells.get(columns.named["total"]) or ""), "地域名・調査年月日・総人口のどれかが読めません。",
                "地域名を書き、調査年月日は 2026-04-01、総人口は数字だけにしてください。"))
            continue
        key = (values["municipality"], values["name"], values["surveyed_on"])
        if key in rows:
            report.others["同じ地域のくりかえし"] += 1
            continue
        rows[key] = values
    nowhere = [values for values in rows.values() if values["area"] is None]
    if nowhere:
        report.notes.append(
            f"どの地域にあるか分からない行が {len(nowhere)} 行（{sum(values['total'] for values in nowhere)}人）あります。"
            "「圏域」の列に地域の名前を書くと、地域ごとの人口に数えます。")
    return list(rows.values())


def _values(row: Row, columns: Columns, municipality: str, lies_in: Mapping[str, str]) -> dict | None:
    cells = {name: line(row.cells.get(title)) for name, title in columns.named.items()}
    total, surveyed = _count(cells["total"]), _day(cells["surveyed_on"])
    if total is None or surveyed is None or not cells["name"]:
        return None
    ages: Counter[int] = Counter()
    for title, lower in columns.ages.items():
        ages[lower] += _count(line(row.cells.get(title))) or 0
    written = cells.get("area") or cells["name"]
    return {
        "municipality": cells.get("municipality") or municipality, "name": cells["name"], "surveyed_on": surveyed,
        "area": _area(written, lies_in), "total": total, "households": _count(cells.get("households")),
        "ages": {str(lower): people for lower, people in sorted(ages.items())},
    }


def _area(written: str, lies_in: Mapping[str, str]) -> str | None:
    return lies_in.get(town_key(written)) or lies_in.get(town_key(AREA_ENDING.sub("", written)))


def _count(text: str | None) -> int | None:
    plain = fold(text or "").replace(",", "").removesuffix("人").removesuffix(".0")
    return int(plain) if NUMBER.fullmatch(plain) else None


def _day(text: str | None) -> date | None:
    return day(text) if text else None


def _upsert(write: Writing, rows: list[dict], report: Report) -> None:
    known = {(row.municipality, row.name, row.surveyed_on): row for row in write.session.scalars(select(Population))}
    new = []
    for values in rows:
        stored = known.get((values["municipality"], values["name"], values["surveyed_on"]))
        if stored is None:
            new.append({"id": new_id(), **values})
        elif write.edit(stored, **values):
            report.update += 1
        else:
            report.noop += 1
    write.insert_rows(Population, new)
    write.note_added(Population.__tablename__, [row["id"] for row in new])
    report.insert = len(new)
