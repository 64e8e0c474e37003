"""Which conditions are in force, where do they come from, and what happens when one is taken off?

A condition is ticked by the reader or understood from the words. One from the words is taken off by taking its words
out, so the box always says what is searched.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.catalog import Catalog
from directory.japanese import normalise
from directory.search.filters import Filter
from directory.search.query import SearchQuery
from directory.text import Chip

# What is left hanging when a word is cut out of a sentence: 「の」 of 「水曜の午前に」, 「と」 of 「母と行ける」.
_PARTICLE_BEFORE = re.compile(r"(?:[のとや、・])$")
_PARTICLE_AFTER = re.compile(r"^(?:から|まで|[のにではがをともや、。・]+(?=[^\s]|$))")


@dataclass(frozen=True)
class Condition:
    """One removable condition: its values of one parameter and the words they were understood from, if any.

    Without a parameter it is the words alone.
    """

    parameter: str
    values: tuple[str, ...]
    label: str
    words: str = ""


def in_force(query: SearchQuery, chips: Sequence[Chip], filters: Mapping[str, Filter]) -> SearchQuery:
    """The query with the conditions its words mean; what the reader ticked wins where only one value can hold."""
    for chip in chips:
        row = filters.get(chip.parameter)
        if row is None or (not row.many and query.get(chip.parameter)):
            continue
        query = query.setting(chip.parameter, (*query.get(chip.parameter), *chip.values)).on_page(query.page)
    order = list(filters)
    ordered = sorted(query.values, key=lambda pair: order.index(pair[0]))
    return SearchQuery(query.q, tuple(ordered), query.sort, query.page, query.ignored)


def conditions(
    query: SearchQuery, chips: Sequence[Chip], filters: Mapping[str, Filter], catalog: Catalog
) -> list[Condition]:
    """Ticked conditions value by value, then those from words, in the order of FILTERS."""
    said = {(chip.parameter, value) for chip in chips for value in chip.values}
    ticked = [
        Condition(name, (value,), filters[name].value_label(value, catalog))
        for name, values in query.values for value in values if (name, value) not in said
    ]
    from_words = [
        Condition(chip.parameter, chip.values, chip.label, chip.words) for chip in chips
        if chip.parameter in filters
    ]
    order = list(filters)
    return sorted(ticked + from_words, key=lambda condition: order.index(condition.parameter))


def taken_off(query: SearchQuery, condition: Condition) -> SearchQuery:
    """The query without a condition, in the URL and in the words."""
    for value in condition.values:
        query = query.removing(condition.parameter, value)
    return query.with_words(cut_out(query.q, condition.words)) if condition.words else query


def toggled(
    query: SearchQuery, chips: Sequence[Chip], row: Filter, value: str, selected: bool
) -> SearchQuery:
    """The query after a tick on one value of a facet."""
    if not selected:
        return query.adding(row.parameter, value) if row.many else query.setting(row.parameter, (value,))
    kept = query.removing(row.parameter, value)
    for chip in chips:
        if chip.parameter == row.parameter and value in chip.values:
            kept = kept.with_words(cut_out(kept.q, chip.words))
            for other in chip.values:
                kept = kept.adding(chip.parameter, other) if other != value else kept
    return kept


def cut_out(text: str, words: str) -> str:
    """「水曜の午前に体操」 without 「水曜」 → 「午前に体操」. `words` are normalised, the text is as it was typed."""
    if words not in text:
        text = normalise(text)
    before, found, after = text.partition(words)
    if not found:
        return text
    return " ".join(f"{_PARTICLE_BEFORE.sub('', before)} {_PARTICLE_AFTER.sub('', after)}".split())
