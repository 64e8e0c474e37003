"""How is a search said aloud? 「佐伯で水曜の午前に開いている、「体操」に合う場所（無料）」."""

from collections.abc import Mapping

from directory.catalog import Catalog
from directory.search.filters import Filter
from directory.search.opening import NO_DATE
from directory.search.query import SearchQuery

# What stands behind each when it is the last of them: 水曜に開いている, 今日開いている, 10:00から開いている.
WHEN_PARAMETERS = {"when": "", "date": "に", "day": "に", "time": "に", "from": "", "until": ""}
NEAR_PARAMETERS = ("near", "at", "within")
NOW = "いま"
# Are there areas, a time, words? → the sentence
SENTENCES = {
    (True, True, True): "{areas}で{when}開いている、「{words}」に合う場所",
    (True, True, False): "{areas}で{when}開いている場所",
    (True, False, True): "{areas}の、「{words}」に合う場所",
    (True, False, False): "{areas}の場所",
    (False, True, True): "{when}開いている、「{words}」に合う場所",
    (False, True, False): "{when}開いている場所",
    (False, False, True): "「{words}」に合う場所",
    (False, False, False): "すべての場所",
}
SOME = "条件に合う場所"


def heading(
    query: SearchQuery, words: str, filters: Mapping[str, Filter], catalog: Catalog, without: str = ""
) -> str:
    """One line for the page's first heading. `words`: what is left of the question beside its conditions.

    `without`: words no place may have (-体操).
    """
    labels = {name: "・".join(filters[name].value_label(value, catalog) for value in values)
              for name, values in query.values}
    times = [name for name in WHEN_PARAMETERS if name in labels and NO_DATE not in query.get(name)]
    areas, when = labels.get("area", ""), _when(query, times, labels)
    beside = [label for name, label in labels.items() if name not in ("area", *times, *NEAR_PARAMETERS)]
    beside += [f"「{without}」を除く"] if without else []
    said = (bool(areas), bool(when), bool(words))
    sentence = SENTENCES[said] if any(said) or not beside else SOME
    return sentence.format(areas=areas, when=when, words=words) + (f"（{'・'.join(beside)}）" if beside else "")


def _when(query: SearchQuery, times: list[str], labels: Mapping[str, str]) -> str:
    """「今週の水曜の午前に」, 「水曜の10:00から12:00まで」."""
    if not times:
        return ""
    said = "の".join(NOW if query.get(name) == ("now",) else labels[name] for name in times)
    return said.replace("からの", "から") + WHEN_PARAMETERS[times[-1]]
