"""Who may come to a place? Each audience of the search is one row: its ages, the kinds for it, the words that name it.

Stated ages that leave an audience out always win. A place made for an audience, or naming it, is for it. For the rest
unknown is not no: a place nobody limited is open to the broad audiences (大人, 高齢の方), but a parent of a baby is not
sent to every club that forgot to say whom it is for.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from directory.listing import Listing
from directory.vocabulary import Vocabulary

# Kinds made for children, parents, newcomers to Japan … : open to nobody else unless they say so.
FOR_OTHERS = frozenset({
    "parent_child", "childrens_place", "study_support", "kodomo_shokudo", "youth_support", "japanese_class",
    "hikikomori_family", "community_activity_center"})


@dataclass(frozen=True)
class Audience:
    """`ages`: [from, until) years of who comes; None where age says nothing. `broad`: a place not limited is open."""

    key: str
    label: str
    ages: tuple[float, float] | None
    kinds: frozenset[str]
    broad: bool = False


AUDIENCES: tuple[Audience, ...] = (
    Audience("seniors", "高齢の方", (65, 120), frozenset({
        "salon", "kayoinoba", "hyakusai_taiso", "seniors_club", "dementia_cafe", "care_provider", "mobile_shop"}),
        broad=True),
    Audience("adults", "大人", (20, 65), frozenset({
        "work_host", "peer_group", "familiar_shop", "volunteer", "hobby_circle", "maker_shop", "farm", "free_space",
        "hikikomori_family", "carers_group"}), broad=True),
    Audience("youth", "若い人", (15, 30), frozenset({"youth_support"})),
    Audience("teens", "中高生", (12, 18), frozenset({"childrens_place", "study_support", "kodomo_shokudo"})),
    Audience("children", "小学生", (6, 12), frozenset({"childrens_place", "study_support", "kodomo_shokudo"})),
    Audience("infants", "乳幼児と保護者", (0, 6), frozenset({"parent_child"})),
    Audience("parents", "子育て中", None, frozenset({"parent_child"})),
    Audience("carers", "介護する家族", None, frozenset({"carers_group", "dementia_cafe"})),
    Audience("disabled", "障がいのある方", None, frozenset({"community_activity_center"})),
    Audience("foreigners", "外国から来た方", None, frozenset({"japanese_class"})),
)


def audience_bits(listing: Listing, words: Iterable[re.Pattern[str]]) -> int:
    """Bit i is set when the listing is for AUDIENCES[i]; `words` comes from `audience_words`."""
    text = " ".join(filter(None, (
        listing.name, listing.summary, listing.audience_text, listing.age_text, *listing.search_words)))
    bits = 0
    for position, (audience, named) in enumerate(zip(AUDIENCES, words, strict=True)):
        if _is_for(listing, audience, named.search(text) is not None):
            bits |= 1 << position
    return bits


def audience_words(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    """For each audience a pattern of the words that name it, from the query words of the vocabulary."""
    return tuple(_any_of(
        form for pattern in vocabulary.query_patterns
        if pattern.parameter == "audience" and audience.key in pattern.values for form in pattern.forms
    ) for audience in AUDIENCES)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    # Without any word: a pattern that never matches.
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


def _is_for(listing: Listing, audience: Audience, named: bool) -> bool:
    shared = _shared_years(listing, audience)
    if shared == 0:
        return False
    if listing.kind in audience.kinds or named or shared is not None:
        return True
    return audience.broad and listing.kind not in FOR_OTHERS


def _shared_years(listing: Listing, audience: Audience) -> float | None:
    """Years of age the listing and the audience share; None when ages say nothing either way."""
    if audience.ages is None or listing.age_state != "stated":
        return None
    if listing.minimum_age is None and listing.maximum_age is None:
        return None
    first, last = audience.ages
    return max(0.0, min(last, _end(listing.maximum_age)) - max(first, listing.minimum_age or 0))


def _end(maximum_age: float | None) -> float:
    return 150 if maximum_age is None else maximum_age + 1
