"""How is a registered 団体, 活動 or 場所 offered in a form? A box to look for it, what was found, and the one that was chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.curation.fields import FIELDS, RECORDS
from directory.curation.linking import LINKS, Registered
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.curation.control_rows import control_id
from web.presenters.curation.saying import said

# A button of the form: link:<record>:<id>; without an id the link is given up.
LINK, FIND = "link", "find"
# Fields of a linked record that say how it is shown or found, and nothing of what it is.
UNSAID = ("location.latitude", "location.longitude", "location.precision", "location.zone", "location.prefecture")


@dataclass(frozen=True)
class Offer:
    """One that could be chosen; `go`: what its button says to the form."""

    name: str
    facts: tuple[str, ...]
    go: str


@dataclass(frozen=True)
class Chosen:
    """The one that was chosen: what comes with it, as (label, words), and how to give it up."""

    id: str
    name: str
    kana: str
    reach: str
    lines: tuple[tuple[str, str], ...]
    go: str


@dataclass(frozen=True)
class LinkPanel:
    """The part of a form for one record. `words`: what was looked for, with its `offers`; None where nothing was."""

    key: str
    id: str
    box: str
    record: str
    label: str
    chosen: Chosen | None = None
    words: str = ""
    offers: tuple[Offer, ...] | None = None
    more: bool = False
    fresh: bool = False
    error: str = ""
    kind: str = LINK


def panel(
    record: str, chosen: tuple[Registered, Mapping[str, Any]] | None, looked: tuple[str, Sequence[Registered]] | None,
    most: int, vocabulary: Vocabulary, *, fresh: bool = False, error: str = "",
) -> LinkPanel:
    """The panel of one record; `most`: how many were asked for, so that one more tells that there are more."""
    key, label = LINKS[record], RECORDS[record]
    words, found = looked or ("", ())
    offers = tuple(_offer(record, one) for one in found[:most]) if looked else None
    return LinkPanel(
        key, control_id(key), f"{FIND}:{record}", record, label, _chosen(record, *chosen, vocabulary) if chosen else None, words,
        offers, len(found) > most, fresh, error)


def facts_of(one: Registered) -> tuple[str, ...]:
    """What tells it from another of the same name."""
    return tuple(filter(None, (one.kana, one.about, _("%(count)sか所で使用", count=one.listings))))


def _offer(record: str, one: Registered) -> Offer:
    return Offer(one.name, facts_of(one), f"{LINK}:{record}:{one.id}")


def _chosen(record: str, one: Registered, values: Mapping[str, Any], vocabulary: Vocabulary) -> Chosen:
    lines = tuple((FIELDS[key].label, words) for key, value in values.items()
                  if key not in UNSAID and (words := said(key, value, vocabulary)))
    reach = _("いま%(count)sか所の掲載で使っています。", count=one.listings)
    return Chosen(one.id, one.name, one.kana, reach, lines, f"{LINK}:{record}:")
