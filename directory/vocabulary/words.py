"""How are everyday words, query words and urgent words read, and do they point at terms that exist?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from directory.vocabulary.records import EverydayWord, HelpLine, QueryPattern, Term, UrgentGroup, UrgentWords
from directory.yaml_files import Entry, entries

ANY = None  # a parameter whose values are checked elsewhere (an area name, a sum, a time)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# URL parameters a query word may set, and the values it may give them; attributes and terms are added by `_parameters`.
PARAMETERS: Mapping[str, tuple[str, ...] | None] = {
    "day": WEEKDAYS,
    "time": ("morning", "afternoon", "evening", "night"),
    "from": ANY,
    "until": ANY,
    "when": ("now", "today", "tomorrow", "this_week", "this_weekend", "next_week", "this_month", "next_month"),
    "frequency": ("weekly", "daily"),
    "holidays": ("yes",),
    "cost": ANY,
    "first_free": ("yes",),
    "at_home": ("yes",),
    "men": ("yes",),
    "with_child": ("yes",),
    "sort": ("recommended", "near", "next", "updated"),
}
ATTRIBUTE_VALUES = ("yes", "no", "unknown")


def read_everyday_words(
    file: str,
    content: Any,
    kinds: Mapping[str, Term],
    needs: Mapping[str, Term],
    attributes: Mapping[str, Term],
    urgent: UrgentWords,
) -> tuple[EverydayWord, ...]:
    words = []
    for entry in entries(file, content, "say"):
        word = EverydayWord(
            say=entry.text("say"),
            also=entry.texts("also"),
            aloud=entry.optional("aloud"),
            needs=entry.weights("needs", needs),
            kinds=entry.weights("kinds", kinds),
            attributes=entry.weights("attributes", attributes),
            near=entry.texts("near"),
            urgent=entry.optional("urgent"),
            who=entry.texts("who"),
            dialect=entry.optional("dialect"),
        )
        entry.done()
        if word.urgent is not None:
            entry.must_be_known("urgent", word.urgent, urgent.groups)
        if not (word.needs or word.kinds or word.attributes):
            raise entry.wrong("", "needs、kinds、attributes のどれかを書いてください")
        words.append(word)
    _refuse_repeats(file, [(word.say, form) for word in words for form in word.words])
    return tuple(words)


def read_query_patterns(
    file: str, content: Any, attributes: Mapping[str, Term], lists: Mapping[str, Mapping[str, Any]]
) -> tuple[QueryPattern, ...]:
    """lists: parameter → the terms that are its values (welcome, pickup, audience, area)."""
    parameters = _parameters(attributes, lists)
    patterns = [_read_pattern(entry, parameters) for entry in entries(file, content, "key")]
    _refuse_repeats(file, [(one.key, form) for one in patterns for form in (*one.forms, *one.careful)])
    return tuple(patterns)


def _parameters(attributes: Mapping[str, Term], lists: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    of_terms = {parameter: tuple(terms) for parameter, terms in lists.items()}
    return {**PARAMETERS, **of_terms, **dict.fromkeys(attributes, ATTRIBUTE_VALUES)}


def _read_pattern(entry: Entry, parameters: Mapping[str, Any]) -> QueryPattern:
    parameter, values = _read_filter(entry, parameters)
    pattern = QueryPattern(
        group=entry.text("group"),
        key=entry.text("key"),
        chip=entry.text("chip"),
        parameter=parameter,
        values=values,
        forms=entry.texts("forms"),
        careful=entry.texts("careful"),
        not_when=entry.texts("not_when"),
        regex=_read_regex(entry),
    )
    entry.done()
    if not pattern.forms and not pattern.regex:
        raise entry.wrong("forms", "ことばを1つは書いてください")
    return pattern


def _read_filter(entry: Entry, parameters: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    given = entry.value("filter")
    if not isinstance(given, dict) or len(given) != 1:
        raise entry.wrong("filter", "{絞りこみの名前: 値} を1つだけ書いてください")
    ((parameter, value),) = given.items()
    entry.must_be_known("filter", parameter, parameters)
    values = tuple(_as_text(one) for one in (value if isinstance(value, list) else [value]))
    allowed = parameters[parameter]
    for one in values:
        if allowed is not ANY:
            entry.must_be_known(f"filter › {parameter}", one, dict.fromkeys(allowed))
    return parameter, values


def _as_text(value: Any) -> str:
    """YAML reads yes and no as booleans and 300 as a number; a URL knows only text."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _read_regex(entry: Entry) -> str | None:
    pattern = entry.optional("regex")
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise entry.wrong("regex", f"正規表現として読めません（{error}）") from error
    return pattern


def _refuse_repeats(file: str, forms: list[tuple[str, str]]) -> None:
    """The same word under two entries would make its meaning depend on their order."""
    first: dict[str, str] = {}
    for owner, form in forms:
        if form in first:
            raise Entry(file, owner, {}).wrong("", f"「{form}」は「{first[form]}」にもあります。どちらか1つにしてください")
        first[form] = owner


def read_urgent_words(file: str, content: Any, kinds: Mapping[str, Term], needs: Mapping[str, Term]) -> UrgentWords:
    whole = Entry(file, "", content)
    lines = _read_lines(file, "lines", whole.value("lines"))
    local = _read_lines(file, "local", whole.value("local"))
    groups = Entry(file, "groups", whole.value("groups"))
    whole.done()
    read = {
        key: _read_group(Entry(file, f"groups › {key}", one), key, lines, local, kinds, needs)
        for key, one in groups.content.items()
    }
    return UrgentWords(lines, local, MappingProxyType(read))


def _read_lines(file: str, name: str, content: Any) -> Mapping[str, HelpLine]:
    lines = {}
    for key, one in Entry(file, name, content).content.items():
        entry = Entry(file, f"{name} › {key}", one)
        lines[key] = HelpLine(
            key=key,
            name=entry.text("name"),
            number=entry.optional("number"),
            note=entry.text("note", ""),
            scope=entry.text("scope", ""),
            checked=entry.text("checked", ""),
        )
        entry.done()
    return MappingProxyType(lines)


def _read_group(
    entry: Entry,
    key: str,
    lines: Mapping[str, HelpLine],
    local: Mapping[str, HelpLine],
    kinds: Mapping[str, Term],
    needs: Mapping[str, Term],
) -> UrgentGroup:
    also, core = Entry(entry.file, f"{entry.name} › also_search", entry.value("also_search", {})), entry.texts("core")
    group = UrgentGroup(
        key=key,
        label=entry.text("label"),
        phrases=tuple(dict.fromkeys((*entry.texts("phrases"), *core))),
        other_languages=entry.texts("other_languages"),
        not_when=entry.texts("not_when"),
        core=core,
        say=entry.text("say"),
        easy=entry.text("easy"),
        now=entry.text("now"),
        care=entry.text("care", ""),
        lines=tuple(lines[name] for name in entry.known("lines", lines)),
        children=tuple(lines[name] for name in entry.known("children", lines)),
        local=tuple(local[name] for name in entry.known("local", local)),
        also_needs=also.known("needs", needs),
        also_kinds=also.known("kinds", kinds),
        help_only=entry.flag("help_only"),
    )
    also.done()
    entry.done()
    if not group.phrases or not group.lines:
        raise entry.wrong("", "phrases と lines を1つは書いてください")
    return group
