"""Is this file another kind of data, with an importer of its own?"""

from collections.abc import Iterable, Mapping

from directory.errors import ImportRefused
from directory.importers.fields import title_key
from directory.importers.reading.file import FileContent

TOWN_TITLES = ({"大字町丁目名", "緯度", "経度"}, {"town", "municipality", "latitude", "longitude"})


def refuse_other_kinds(content: FileContent, titles: Iterable[str]) -> None:
    """Raise ImportRefused that names the right command for a gazetteer of towns or a boundary."""
    present = {title_key(title) for title in titles}
    if any({title_key(title) for title in wanted} <= present for wanted in TOWN_TITLES):
        raise ImportRefused(
            "これは町字の一覧（住所と緯度経度）です。"
            f"`python -m scripts.import_towns {content.path}` で取り込んでください。"
        )
    if is_boundary(content.document):
        raise ImportRefused(
            "これは区域の境界（ポリゴン）です。"
            f"`python -m scripts.import_boundary {content.path}` で取り込んでください。"
        )


def is_boundary(document: object) -> bool:
    """True for GeoJSON whose features are areas."""
    features = document.get("features") if isinstance(document, Mapping) else None
    if not isinstance(features, list) or not features:
        return False
    kinds = {
        (feature.get("geometry") or {}).get("type") for feature in features
        if isinstance(feature, Mapping) and isinstance(feature.get("geometry") or {}, Mapping)
    }
    return bool(kinds) and kinds <= {"Polygon", "MultiPolygon"}
