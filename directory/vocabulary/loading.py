"""How does a folder of YAML files become one Vocabulary, quickly and only if every file is right?"""

from __future__ import annotations

import hashlib
import logging
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from directory.vocabulary.changing import Change, lay_over
from directory.vocabulary.records import Vocabulary
from directory.vocabulary.terms import (
    loads_as_terms,
    read_areas,
    read_choices,
    read_interests,
    read_load_levels,
    read_place_readings,
    read_terms,
)
from directory.vocabulary.words import read_everyday_words, read_query_patterns, read_urgent_words
from directory.yaml_files import Entry, InvalidYaml, parse_yaml

FILES = (
    "kinds.yml",
    "needs.yml",
    "attributes.yml",
    "accommodations.yml",
    "choices.yml",
    "load_levels.yml",
    "areas.yml",
    "everyday_words.yml",
    "query_words.yml",
    "urgent.yml",
    "place_readings.yml",
    "interests.yml",
    "casework.yml",
)

log = logging.getLogger(__name__)

# When each file was written, and how long it is.
Stamps = tuple[tuple[int, int], ...]


def load_vocabulary(folder: Path, changes: tuple[Change, ...] = ()) -> Vocabulary:
    """The vocabulary of one folder, with what the desk changed laid over it; read again only when one of its files or the
    changes are others. Raises InvalidYaml.
    """
    folder = Path(folder).resolve()
    return _load(folder, _stamps(folder), changes)


def load_fitting(folder: Path, changes: tuple[Change, ...]) -> Vocabulary:
    """The same, without the changes that the files no longer bear: a new file must never stop the site."""
    try:
        return load_vocabulary(folder, changes)
    except InvalidYaml:
        folder = Path(folder).resolve()
        return load_vocabulary(folder, _fitting(folder, _stamps(folder), changes))


def read_files(folder: Path) -> dict[str, Any]:
    """What the files of a folder say, by file, unread; the caller's own copy."""
    return deepcopy(_parsed(folder, _stamps(folder)))


def _stamps(folder: Path) -> Stamps:
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise InvalidYaml(f"{folder} に {'、'.join(missing)} がありません。data/vocabulary を確かめてください。")
    stamps = tuple((folder / name).stat() for name in FILES)
    return tuple((stamp.st_mtime_ns, stamp.st_size) for stamp in stamps)


@lru_cache(maxsize=8)
def _load(folder: Path, stamps: Stamps, changes: tuple[Change, ...]) -> Vocabulary:
    contents = [(folder / name).read_bytes() for name in FILES]
    said = [repr(one).encode() for one in changes]
    version = hashlib.sha256(b"\0".join([*contents, *said])).hexdigest()[:16]
    files = deepcopy(_parsed(folder, stamps))
    lay_over(files, changes)
    return _build(version, folder, files)


@lru_cache(maxsize=2)
def _parsed(folder: Path, _stamps: Stamps) -> dict[str, Any]:
    return {name: parse_yaml((folder / name).read_bytes(), name) for name in FILES}


@lru_cache(maxsize=2)
def _fitting(folder: Path, _stamps: Stamps, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    kept: tuple[Change, ...] = ()
    for one in changes:
        try:
            load_vocabulary(folder, (*kept, one))
            kept = (*kept, one)
        except InvalidYaml as error:
            log.warning("A change of the desk was left out: %s", error)
    return kept


def _build(version: str, folder: Path, files: dict[str, Any]) -> Vocabulary:
    def given(name: str) -> tuple[str, Any]:
        return name, files[name]

    terms = {name: read_terms(*given(f"{name}.yml")) for name in ("kinds", "needs", "attributes", "accommodations")}
    kinds, needs, attributes = terms["kinds"], terms["needs"], terms["attributes"]
    choices = read_choices(*given("choices.yml"))
    scales = read_load_levels(*given("load_levels.yml"))
    areas = read_areas(*given("areas.yml"))
    urgent = read_urgent_words(*given("urgent.yml"), kinds, needs)
    valued = {
        "kind": kinds,
        "need": needs,
        "pickup": choices["pickup"],
        "welcome": choices["welcome"],
        "audience": choices["audiences"],
        "area": {area.name: area for area in areas},
    }
    return Vocabulary(
        version=version,
        folder=folder,
        **terms,
        **choices,
        loads=loads_as_terms(scales),
        load_levels=scales,
        areas=areas,
        everyday=read_everyday_words(*given("everyday_words.yml"), kinds, needs, attributes, urgent),
        query_patterns=read_query_patterns(*given("query_words.yml"), attributes, valued),
        urgent=urgent,
        place_readings=read_place_readings(*given("place_readings.yml")),
        interests=read_interests(*given("interests.yml"), kinds),
        **_casework(*given("casework.yml")),
    )


def _casework(file: str, content: Any) -> dict[str, Any]:
    """Lists of the worker desk, checked when that desk is built."""
    whole = Entry(file, "", content)
    lists = {name: whole.value(name) for name in ("reasons", "host_worries", "stages")}
    whole.done()
    return lists
