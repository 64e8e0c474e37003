"""How is a search said aloud? 「佐伯で 水曜の午前に 「体操」で さがした場所（無料）」."""

from collections.abc import Mapping

from directory.catalog import Catalog
from directory.search.filters import Filter
from directory.search.query import SearchQuery

WHEN_PARAMETERS = ("when", "date", "day", "time", "from", "until")
NEAR_PARAMETERS = ("near", "at", "within")


def heading(
    query: SearchQuery, words: str, filters: Mapping[str, Filter], catalog: Catalog, without: str = ""
) -> str:
    """One line for the page's first heading. `words`: what is left of the question beside its conditions.

    `without`: words no place may have (-体操).
    """
    def labels(parameter: str) -> str:
        return "・".join(filters[parameter].value_label(value, catalog) for value in query.get(parameter))

    areas = labels("area")
    when = "の".join(filter(None, map(labels, WHEN_PARAMETERS)))
    others = "・".join(
        labels(name) for name, _values in query.values
        if name not in ("area", *WHEN_PARAMETERS, *NEAR_PARAMETERS)
    )
    parts = [f"{areas}で" if areas else "", f"{when}に" if when else "", f"「{words}」で" if words else "",
             f"「{without}」を除いて" if without else ""]
    said = " ".join(part for part in parts if part)
    if not said and not others:
        return "すべての場所"
    return f"{said or '条件で'} さがした場所{f'（{others}）' if others else ''}"
