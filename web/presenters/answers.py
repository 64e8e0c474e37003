"""Which things are there, which are not, and which has nobody asked yet? ○, × and 未確認, under their headings."""

from dataclasses import dataclass

from directory.search.filters import ATTRIBUTE_GROUPS
from directory.listing import NO, UNKNOWN, YES, Listing
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _

# Terms that name a thing are answered あり・なし, all others はい・いいえ.
THINGS = frozenset({
    "accessible_toilet", "western_toilet", "chairs", "parking", "air_conditioning", "childcare", "meals",
    "allergy_care", "sign_language", "writing", "easy_japanese", "insurance", "smoking",
})
# The building: whoever needs one of these must see that nobody has asked.
ALWAYS_SHOWN = ATTRIBUTE_GROUPS[0][0]


@dataclass(frozen=True)
class Answer:
    """One term with its answer in words; `mark` is yes, no or unknown."""

    label: str
    mark: str
    words: str


@dataclass(frozen=True)
class AnswerGroup:
    """設備, ふんいき …"""

    label: str
    answers: tuple[Answer, ...]


def answers(listing: Listing, vocabulary: Vocabulary) -> tuple[AnswerGroup, ...]:
    """Every answered term, and the unanswered ones of the building; nothing when nobody has asked anything."""
    given = {entry.term: entry.value for entry in listing.attributes}
    groups = (
        AnswerGroup(label, tuple(
            _answer(vocabulary.attributes[term].label, term, given.get(term, UNKNOWN))
            for term in terms
            if term in vocabulary.attributes and (label == ALWAYS_SHOWN or given.get(term, UNKNOWN) != UNKNOWN)
        ))
        for label, terms in ATTRIBUTE_GROUPS
    )
    return tuple(group for group in groups if group.answers)


def unasked(listing: Listing, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Labels of the other terms nobody has an answer for."""
    given = {entry.term for entry in listing.attributes if entry.value != UNKNOWN}
    return tuple(
        vocabulary.attributes[term].label
        for label, terms in ATTRIBUTE_GROUPS if label != ALWAYS_SHOWN
        for term in terms if term in vocabulary.attributes and term not in given
    )


def _answer(label: str, term: str, value: str) -> Answer:
    words = {YES: _("あり"), NO: _("なし")} if term in THINGS else {YES: _("はい"), NO: _("いいえ")}
    return Answer(label, value if value in words else UNKNOWN, words.get(value, _("未確認")))
