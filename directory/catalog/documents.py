"""Which words of a listing can be searched, and in which field does each stand?"""

from collections.abc import Mapping, Sequence
from itertools import chain

from directory.listing import YES, Listing
from directory.text import key_terms
from directory.vocabulary import Vocabulary

PRIMARY = 3  # times a primary need stands in the field of keys; a secondary one stands once


def document_texts(listing: Listing, vocabulary: Vocabulary) -> Mapping[str, list[str]]:
    """Field → texts, for `directory.text.document_terms`. Only what the listing's reader may know."""
    kind = vocabulary.kinds.get(listing.kind)
    needs = [vocabulary.needs[key].label for key in (*listing.needs_primary, *listing.needs_secondary)
             if key in vocabulary.needs]
    return {
        "name": _texts(listing.name),
        "kana": _texts(listing.kana),
        "category": _texts(kind.label if kind else None),
        "needs": needs,
        "roles": _texts(*(role.name for role in listing.roles)),
        "role_texts": _texts(*(role.what for role in listing.roles)),
        "summary": _texts(listing.summary),
        "description": _texts(listing.description, listing.easy_description, listing.audience_text, listing.age_text,
                              listing.usual.get("ages"), listing.usual.get("people")),
        "place": _texts(listing.place_name, listing.place_kana, listing.municipality, listing.town,
                        listing.address_rest, listing.building, listing.travel_notes, listing.service_area,
                        *(meeting.place for meeting in listing.meetings)),
        "area": _texts(*(text for area in listing.areas for text in (area.name, area.kana))),
        "organisation": _texts(listing.organization_name, listing.organization_kana),
        "keywords": list(listing.search_words),
        # 「第4火曜」 is more than the filter 火曜; so the schedule can also be read.
        "times": _texts(*(meeting.schedule.sentence or meeting.schedule.phrase for meeting in listing.meetings)),
    }


def document_keys(listing: Listing) -> Mapping[str, Sequence[str]]:
    """Field → terms that stand for vocabulary keys, which 生活語 look for; a primary need counts more."""
    yes = [entry.term for entry in listing.attributes if entry.value == YES]
    needs = [*listing.needs_primary] * PRIMARY + [*listing.needs_secondary]
    return {"keys": (*key_terms("kind", [listing.kind]), *key_terms("need", needs), *key_terms("attribute", yes))}


def readable_text(texts: Mapping[str, list[str]]) -> str:
    """Everything of a listing that a quoted phrase may stand in."""
    return "\n".join(chain.from_iterable(texts.values()))


def _texts(*texts: str | None) -> list[str]:
    return [text for text in texts if text]
