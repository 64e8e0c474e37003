"""How does the outline of a municipality get in? GeoJSON of 国土数値情報（行政区域）, with the words its source asks for."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from directory.errors import ImportRefused
from directory.importers.reading.file import read_file
from directory.importers.report import Report
from directory.importers.special import is_boundary
from directory.models import Boundary
from directory.writing import writing

# N03_003 is the 郡 or the 政令市, N03_004 the municipality.
NAMES = ("N03_004", "市区町村名", "municipality", "name", "NAME")
ATTRIBUTION = "「国土数値情報（行政区域データ）」（国土交通省）を加工して作成"
SOUTH, NORTH, WEST, EAST = 20.0, 46.0, 122.0, 154.5


def import_boundary(
    engine: Engine, path: Path, now: datetime, *, municipality: str | None = None, attribution: str | None = None,
    dry_run: bool = False,
) -> Report:
    """Import the areas of a file, one Boundary a municipality. Raises ImportRefused when there is none in Japan."""
    report = Report(path.name.partition(".")[0], "boundary", dry_run=dry_run)
    content = read_file(path)
    report.encoding = content.encoding
    document: Any = content.document
    if not is_boundary(document):
        raise ImportRefused("区域の境界として読めません。ポリゴンの入った GeoJSON を選んでください。")
    shapes = _shapes(document["features"], municipality, report)
    with writing(engine, by="取り込み", why=f"境界「{report.source}」の取り込み", now=now) as write:
        known = {boundary.municipality: boundary for boundary in write.session.scalars(select(Boundary))}
        for name, polygons in shapes.items():
            geometry = {"type": "MultiPolygon", "coordinates": polygons}
            values = {"geometry": geometry, "attribution": attribution or ATTRIBUTION}
            if name not in known:
                write.add(Boundary(municipality=name, **values))
                report.insert += 1
            elif write.edit(known[name], **values):
                report.update += 1
            else:
                report.noop += 1
        if dry_run:
            write.session.rollback()
            write.history.clear()
            write.changed.clear()
    if report.rows > len(shapes):
        report.others["同じ市区町村にまとめた図形"] = report.rows - len(shapes)
    return report


def _shapes(features: list, municipality: str | None, report: Report) -> dict[str, list]:
    """Municipality → the polygons of all its features."""
    shapes: dict[str, list] = {}
    for number, feature in enumerate(features, start=1):
        report.rows += 1
        properties = feature.get("properties") if isinstance(feature, Mapping) else None
        properties = properties if isinstance(properties, Mapping) else {}
        name = municipality or next((str(properties[key]) for key in NAMES if properties.get(key)), None)
        if name is None:
            raise ImportRefused(f"{number} 件目の区域の名前が分かりません。--municipality で市区町村の名前を指定してください。")
        geometry = feature["geometry"]
        polygons = geometry.get("coordinates")
        polygons = [polygons] if geometry["type"] == "Polygon" else polygons
        if not isinstance(polygons, list) or not polygons or not all(map(_is_polygon, polygons)):
            raise ImportRefused(f"{number} 件目の区域の形が読めないか、日本の外にあります。経度・緯度（度）の GeoJSON か確かめてください。")
        shapes.setdefault(name, []).extend(polygons)
    return shapes


def _is_polygon(rings: object) -> bool:
    """Rings of at least four points, longitude first, in Japan."""
    return isinstance(rings, list) and bool(rings) and all(
        isinstance(ring, list) and len(ring) >= 4 and all(_in_japan(point) for point in ring) for ring in rings
    )


def _in_japan(point: object) -> bool:
    return (
        isinstance(point, list) and len(point) >= 2 and all(isinstance(part, (int, float)) for part in point[:2])
        and WEST <= point[0] <= EAST and SOUTH <= point[1] <= NORTH
    )
