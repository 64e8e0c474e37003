"""How do the city's place names enter the analyser's dictionary, in every process and only once?

Compiling takes seconds, so the result is kept under `instance/cache`, named by the content it was made of. Processes
that start together may each compile it; the file appears whole (a rename) and is the same whoever wins.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import sudachidict_core
import sudachipy.sudachipy as compiler

from directory.vocabulary import PlaceReading, load_vocabulary

logger = logging.getLogger(__name__)

PLACE = "名詞,固有名詞,地名,一般,*,*"
NOUN = "名詞,普通名詞,一般,*,*,*"
CONNECTION = {PLACE: 4786, NOUN: 5146}  # left and right ids of the core dictionary for these parts of speech
# Lower wins. Two letters must not swallow ordinary words; longer names, and numerals inside a name, must win.
COST_OF_SHORT, COST_OF_LONG = 3000, -2000
# Words of community notices that the core dictionary reads in parts (集会 + 所「しょ」).
NOTICE_WORDS = (("集会所", "しゅうかいじょ"), ("会食会", "かいしょくかい"))
TO_KATAKANA = str.maketrans({chr(code): chr(code + 0x60) for code in range(ord("ぁ"), ord("ゖ") + 1)})


@dataclass(frozen=True)
class PlaceNames:
    """Rows of the user dictionary (surface, kana, normal form, part of speech), names made of a shorter name and a rest
    (surface and kana of both), the kana of each name, and a version that stands for them all."""

    rows: tuple[tuple[str, str, str, str], ...]
    parts: Mapping[str, tuple[tuple[str, str], tuple[str, str]]]
    version: str
    readings: Mapping[str, str] = field(default_factory=dict)


def place_names(vocabulary_folder: Path) -> PlaceNames:
    """The rows for one city; without a vocabulary only the words every city writes."""
    known = load_vocabulary(vocabulary_folder).place_readings if vocabulary_folder.is_dir() else ()
    rows = {(word, NOUN): (word, kana, word, NOUN) for word, kana in NOTICE_WORDS}
    for place in known:
        for surface in _surfaces(place):
            rows.setdefault((surface, PLACE), (surface, place.kana, place.name, PLACE))
    ordered = tuple(rows[key] for key in sorted(rows))
    readings = {place.name: place.kana for place in known}
    parts = _parts(readings)
    named = hashlib.sha256(repr((ordered, sorted(parts.items()))).encode()).hexdigest()[:16]
    return PlaceNames(ordered, parts, named, readings)


def compiled_places(places: PlaceNames, instance: Path) -> Path | None:
    """The compiled dictionary, made when it is not there yet; None when no folder can be written (said in the log)."""
    name = f"places-{places.version}-{version('sudachidict_core')}-{version('sudachipy')}.dic"
    for folder in (instance / "cache", Path(tempfile.gettempdir()) / f"yoridokoro-{os.getuid()}"):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            return _existing(folder / name) or _compile(places, folder / name)
        except OSError as error:
            logger.warning("no dictionary of place names in %s: %s", folder, error)
    return None


def _surfaces(place: PlaceReading) -> list[str]:
    """The name and its longer misspellings; a name that is also an ordinary word (原, 峠) stays out."""
    if place.careful or len(place.name) < 2:
        return []
    typed = [other for other in place.typed if len(other) >= 3 and not other[0].isascii()]
    return [place.name, *typed]


def _parts(kana: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], tuple[str, str]]]:
    """四季が丘上 → 四季が丘 + 上, by the longest other name that begins it in letters and in sound."""
    parts = {}
    for name, spoken in kana.items():
        shorter = [other for other in kana if len(other) >= 2 and name.startswith(other) and name != other]
        first = max((other for other in shorter if spoken.startswith(kana[other])), key=len, default=None)
        if first:
            parts[name] = ((first, kana[first]), (name[len(first):], spoken[len(kana[first]):]))
    return parts


def _existing(path: Path) -> Path | None:
    return path if path.is_file() and path.stat().st_uid == os.getuid() else None


def _compile(places: PlaceNames, target: Path) -> Path:
    system = Path(sudachidict_core.__file__).parent / "resources" / "system.dic"
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        words, compiled = Path(folder) / "places.csv", Path(folder) / "places.dic"
        words.write_text("".join(map(_line, places.rows)), encoding="utf-8")
        compiler.build_user_dic(system=system, lex=[words], output=compiled, description="places of the city")
        os.replace(compiled, target)
    return target


def _line(row: tuple[str, str, str, str]) -> str:
    surface, kana, normal, part = row
    cost = COST_OF_SHORT if len(surface) <= 2 else COST_OF_LONG
    spoken, link = kana.translate(TO_KATAKANA), CONNECTION[part]
    return f"{surface},{link},{link},{cost},{surface},{part},{spoken},{normal},*,A,*,*,*\n"
