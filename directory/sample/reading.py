"""What do the files of data/sample say? Every listing as an entry, and each named place once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from directory.yaml_files import Entry, InvalidYaml, entries, read_yaml


@dataclass(frozen=True)
class SampleFiles:
    """The listings in file order, and the places other listings refer to by name alone."""

    listings: tuple[Entry, ...]
    places: dict[str, Entry]


def read_sample(folder: Path) -> SampleFiles:
    """All listings of all files. Raises InvalidYaml when a file is missing, broken, or repeats an id or a place."""
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise InvalidYaml(f"{folder} に見本データ（*.yml）がありません。data/sample を確かめてください。")
    listings = tuple(entry for file in files for entry in entries(file.name, read_yaml(file), "id"))
    _refuse_repeated_ids(listings)
    return SampleFiles(listings, _places(listings))


def _refuse_repeated_ids(listings: tuple[Entry, ...]) -> None:
    seen: set[str] = set()
    for entry in listings:
        key = entry.text("id")
        if key in seen:
            raise entry.wrong("id", "同じ id が2回あります。どちらかを変えてください")
        seen.add(key)


def _places(listings: tuple[Entry, ...]) -> dict[str, Entry]:
    """Each place written out, by name; the same name may be written out once."""
    places: dict[str, Entry] = {}
    for listing in listings:
        meetings = [listing.content, *(listing.content.get("rotating_places") or [])]
        for place in (meeting.get("place") for meeting in meetings if isinstance(meeting, dict)):
            if not isinstance(place, dict):
                continue
            entry = Entry(listing.file, f"{listing.name} › place", place)
            if entry.text("name") in places:
                raise entry.wrong("name", "この場所はすでに書かれています。2回目からは名前だけを書いてください（place: 名前）")
            places[entry.text("name")] = entry
    return places
