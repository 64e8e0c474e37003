"""Who listens to this trouble, and where can one go with it? The table of 困りごと (data/consultation.yml) over the search.

Nothing is asked and nothing is kept about anyone: a trouble and an area are chosen from lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from directory.catalog import Catalog
from directory.search import Hit, SearchPage, SearchQuery, search
from directory.vocabulary import HelpLine, UrgentGroup, Vocabulary
from directory.yaml_files import Entry, entries, read_yaml


@dataclass(frozen=True)
class Trouble:
    """One 困りごと in people's own words, and where help for it is looked for."""

    key: str
    say: str
    about: str
    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    desk_words: str
    desk_needs: tuple[str, ...]
    local: tuple[HelpLine, ...]
    urgent: UrgentGroup | None


@dataclass(frozen=True)
class Guide:
    """The whole table: which kinds are desks, which lines always stand on the page, the troubles in their order."""

    desk_kinds: tuple[str, ...]
    always: tuple[HelpLine, ...]
    troubles: Mapping[str, Trouble]


@dataclass(frozen=True)
class Guidance:
    """What is known for one trouble in one area. `near`: desks for this very trouble; `places`: where to go."""

    near: tuple[Hit, ...]
    desks: SearchPage
    places: SearchPage | None


def load_guide(path: Path, vocabulary: Vocabulary) -> Guide:
    """The table of one city. Raises InvalidYaml with file, entry and what to do."""
    whole = Entry(path.name, "", read_yaml(path))
    lines = vocabulary.urgent.lines
    guide = Guide(
        desk_kinds=whole.known("desk_kinds", vocabulary.kinds),
        always=tuple(lines[name] for name in whole.known("always", lines)),
        troubles=_troubles(path.name, whole.value("troubles"), vocabulary),
    )
    whole.done()
    return guide


def _troubles(file: str, content: Any, vocabulary: Vocabulary) -> Mapping[str, Trouble]:
    read: dict[str, Trouble] = {}
    for entry in entries(file, content, "say"):
        trouble = _trouble(entry, vocabulary)
        entry.done()
        if trouble.key in read:
            raise entry.wrong("key", f"「{trouble.key}」が2回あります。別の名前にしてください")
        read[trouble.key] = trouble
    return read


def _trouble(entry: Entry, vocabulary: Vocabulary) -> Trouble:
    urgent, groups = entry.optional("urgent"), vocabulary.urgent.groups
    if urgent is not None:
        entry.must_be_known("urgent", urgent, groups)
    return Trouble(
        key=entry.text("key"),
        say=entry.text("say"),
        about=entry.text("about"),
        needs=entry.known("needs", vocabulary.needs),
        kinds=entry.known("kinds", vocabulary.kinds),
        desk_words=entry.text("desk_words", ""),
        desk_needs=entry.known("desk_needs", vocabulary.needs),
        local=tuple(vocabulary.urgent.local[name] for name in entry.known("local", vocabulary.urgent.local)),
        urgent=groups[urgent] if urgent else None,
    )


def guidance(catalog: Catalog, guide: Guide, trouble: Trouble | None, area: str | None, now: datetime) -> Guidance:
    """Desks and places for a trouble in an area; without them, every desk of the city."""
    somewhere = SearchQuery().setting("area", [area]) if area else SearchQuery()
    desks = search(catalog, somewhere.setting("kind", guide.desk_kinds), now)
    if trouble is None:
        return Guidance((), desks, None)
    return Guidance(_for_this(catalog, desks.query, trouble, now), desks, _places(catalog, somewhere, trouble, now))


def _for_this(catalog: Catalog, desks: SearchQuery, trouble: Trouble, now: datetime) -> tuple[Hit, ...]:
    """Desks whose own words name the trouble, then desks that meet its needs."""
    found: dict[str, Hit] = {}
    if trouble.desk_words:
        # To the letter: words like them (もの忘れ → 相談) would bring every desk there is, one for jobs as well.
        to_the_letter = " ".join(f'"{word}"' for word in trouble.desk_words.split())
        page = search(catalog, desks.with_words(to_the_letter), now)
        found |= {} if page.partial else {hit.listing.id: hit for hit in page.hits}
    if trouble.desk_needs:
        found |= {hit.listing.id: hit for hit in _meeting(catalog, desks, trouble.desk_needs, now)
                  if hit.listing.id not in found}
    return tuple(found.values())


def _meeting(catalog: Catalog, desks: SearchQuery, needs: Sequence[str], now: datetime) -> tuple[Hit, ...]:
    return search(catalog, desks.setting("need", needs), now).hits


def _places(catalog: Catalog, somewhere: SearchQuery, trouble: Trouble, now: datetime) -> SearchPage | None:
    """Places of the trouble's kinds, else of its needs; in the whole city where the area has none."""
    if not (trouble.kinds or trouble.needs):
        return None
    parameter, values = ("kind", trouble.kinds) if trouble.kinds else ("need", trouble.needs)
    for query in (somewhere, SearchQuery()):
        page = search(catalog, query.setting(parameter, values), now)
        if page.total:
            return page
    return None
