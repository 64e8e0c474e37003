"""GeoJSON: a FeatureCollection of points with properties."""

from collections.abc import Mapping

from directory.importers.registry import Cells, Format
from directory.importers.tables import Row, Table, line_of

LONGITUDE, LATITUDE = "経度（geometry）", "緯度（geometry）"


def tables(document: object) -> list[Table] | None:
    """One table of all features, None when the document is no FeatureCollection."""
    if not isinstance(document, Mapping) or document.get("type") != "FeatureCollection":
        return None
    features = document.get("features")
    if not isinstance(features, list):
        return None
    rows = [Row(number, _cells(feature)) for number, feature in enumerate(features, start=1)]
    titles = tuple(dict.fromkeys(title for row in rows for title in row.cells))
    return [Table(str(document.get("name") or ""), titles, rows, unit="件目")]


def _cells(feature: object) -> dict[str, object]:
    if not isinstance(feature, Mapping):
        return {}
    properties = feature.get("properties")
    cells = {line_of(str(title)): cell for title, cell in properties.items()} if isinstance(properties, Mapping) else {}
    geometry = feature.get("geometry")
    if isinstance(geometry, Mapping) and geometry.get("type") == "Point":
        point = geometry.get("coordinates")
        if isinstance(point, list) and len(point) >= 2:
            cells |= {LONGITUDE: point[0], LATITUDE: point[1]}
    return cells


def _two_part_address(cells: Cells, row: Row) -> None:
    """さっぽろ保育園マップ writes the ward and the rest of an address in two columns, and 24 hours as Y."""
    parts = [str(row.cells[title]) for title in ("Add1", "Add2") if row.cells.get(title)]
    if parts:
        cells["address"] = "".join(parts)
    if row.cells.get("H24") == "Y":
        cells["schedule_note"] = "24時間"


FORMAT = Format(
    "geojson", "GeoJSON", public_contact=True, tables=tables, adjust=_two_part_address,
    titles={
        LONGITUDE: "longitude", LATITUDE: "latitude", "X": "same_longitude", "Y": "same_latitude", "Type": "kind",
        "HID": "id", "Label": "other_name", "Owner": "organization", "Open": "start_time", "Close": "end_time",
        "AgeS": "age_from", "AgeE": "age_until", "Add1": "address_part", "Add2": "address_part_2", "H24": "all_day",
    },
)
