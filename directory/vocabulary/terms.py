"""How is a list of terms read from its file? (kinds, needs, attributes, choices, loads, areas, interests, places)"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from directory.vocabulary.records import Area, Interest, LoadScale, PlaceReading, Term
from directory.yaml_files import Entry, entries

# The catalog keeps each of these lists in one 64-bit mask.
MOST_TERMS = 64
LOAD_LEVELS = 5
PLACE_LEVELS = dict.fromkeys(("city", "area", "town", "aza", "school_district", "station", "landmark"))


def read_terms(file: str, content: Any) -> Mapping[str, Term]:
    """Full terms: label, reading, sentence, easy Japanese, other languages, synonyms."""
    whole = Entry(file, "", content)
    if len(whole.content) > MOST_TERMS:
        raise whole.wrong("", f"{MOST_TERMS}項目までにしてください")
    terms = {key: _read_term(Entry(file, key, one)) for key, one in whole.content.items()}
    languages = {key: frozenset(term.labels) for key, term in terms.items()}
    for key, given in languages.items():
        everywhere = frozenset().union(*languages.values())
        if given != everywhere:
            raise whole.wrong(key, f"labels に {'、'.join(sorted(everywhere - given))} を書き足してください")
    return MappingProxyType(terms)


def _read_term(entry: Entry) -> Term:
    term = Term(
        key=entry.name,
        label=entry.text("label"),
        kana=entry.kana(),
        sentence=entry.text("sentence"),
        easy=entry.text("easy"),
        labels=_read_labels(entry),
        synonyms=entry.texts("synonyms"),
        retired=entry.flag("retired"),
        into=entry.optional("into"),
    )
    entry.done()
    return term


def _read_labels(entry: Entry) -> Mapping[str, str]:
    labels = Entry(entry.file, f"{entry.name} › labels", entry.value("labels"))
    return MappingProxyType({language: labels.text(language) for language in labels.content})


def read_choices(file: str, content: Any) -> dict[str, Any]:
    """The small lists of choices.yml, by their names; assured_how is a plain list."""
    whole = Entry(file, "", content)
    lists: dict[str, Any] = {
        name: _read_choice_list(file, name, whole.value(name))
        for name in ("pickup", "welcome", "capacity", "visibility", "audiences")
    }
    lists["assured_how"] = whole.texts("assured_how")
    whole.done()
    return lists


def _read_choice_list(file: str, name: str, content: Any) -> Mapping[str, Term]:
    whole = Entry(file, name, content)
    terms = {}
    for key, one in whole.content.items():
        entry = Entry(file, f"{name} › {key}", one)
        terms[key] = Term(key, entry.text("label"), entry.kana(), entry.text("sentence"), entry.text("easy", ""))
        entry.done()
    return MappingProxyType(terms)


def read_load_levels(file: str, content: Any) -> Mapping[str, LoadScale]:
    whole = Entry(file, "", content)
    return MappingProxyType({key: _read_scale(Entry(file, key, one)) for key, one in whole.content.items()})


def _read_scale(entry: Entry) -> LoadScale:
    levels = entry.value("levels")
    if not isinstance(levels, dict) or list(levels) != list(range(LOAD_LEVELS)):
        raise entry.wrong("levels", "0 から 4 までの5段階を、順に書いてください")
    scale = LoadScale(
        key=entry.name,
        label=entry.text("label"),
        kana=entry.kana(),
        about=entry.text("about"),
        levels=tuple(levels[level] for level in range(LOAD_LEVELS)),  # type: ignore[arg-type]
        ask_host=entry.text("ask_host"),
        ask_person=entry.text("ask_person"),
    )
    entry.done()
    return scale


def loads_as_terms(scales: Mapping[str, LoadScale]) -> Mapping[str, Term]:
    return MappingProxyType(
        {key: Term(key, scale.label, scale.kana, sentence=scale.about) for key, scale in scales.items()}
    )


def read_areas(file: str, content: Any) -> tuple[Area, ...]:
    areas = []
    for entry in entries(file, content, "name"):
        areas.append(Area(entry.text("name"), entry.kana(), entry.text("zone"), entry.text("about")))
        entry.done()
    return tuple(areas)


def read_interests(file: str, content: Any, kinds: Mapping[str, Term]) -> Mapping[str, Interest]:
    interests = {}
    for key, one in Entry(file, "", content).content.items():
        entry = Entry(file, key, one)
        interests[key] = Interest(key, entry.text("ja"), entry.texts("synonyms"), entry.known("kinds", kinds))
        entry.done()
    return MappingProxyType(interests)


def read_place_readings(file: str, content: Any) -> tuple[PlaceReading, ...]:
    places = []
    for entry in entries(file, content, "name"):
        entry.must_be_known("level", entry.text("level"), PLACE_LEVELS)
        entry.optional("basis"), entry.optional("note")  # kept in the file for people, used by no page
        places.append(_read_place(entry))
        entry.done()
    return tuple(places)


def _read_place(entry: Entry) -> PlaceReading:
    return PlaceReading(
        name=entry.text("name"),
        kana=entry.kana(),
        level=entry.text("level"),
        sure=entry.flag("sure"),
        also_kana=entry.texts("also_kana"),
        typed=entry.texts("typed"),
        careful=entry.flag("careful"),
        within=entry.optional("within"),
    )
