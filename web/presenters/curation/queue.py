"""How does what waits look in a list? One row each, with the page on which it is decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import current_app, url_for

from directory.curation.fields import FIELDS, KANA
from directory.curation.work import KINDS, Item
from web.i18n import gettext as _
from web.presenters.desk.saying import day

MINE, ALL = "mine", "all"


@dataclass(frozen=True)
class Way:
    """One choice of a filter; `here`: the one in force."""

    label: str
    url: str
    here: bool
    count: int | None = None


@dataclass(frozen=True)
class Door:
    """One kind of waiting things on the home page."""

    label: str
    count: int
    about: str
    url: str


@dataclass(frozen=True)
class Waiting:
    """One waiting thing. `tick`: the listing that can be confirmed together with others; `aside`: what to name to leave it."""

    url: str
    name: str
    what: str
    facts: tuple[str, ...]
    tick: str = ""
    here: bool = False
    aside: str = ""


def waiting_row(item: Item, narrowed: Mapping[str, str], here: str = "", in_queue: bool = False) -> Waiting:
    """The row of one item; `narrowed`: the filter that goes along, `here`: the key of the item being looked at.

    Only in the queue itself can items be ticked, or left as they are.
    """
    kind = KINDS[item.kind]
    facts = [_("%(day)sから", day=day(item.since))] if item.since else []
    facts += ["・".join(list(dict.fromkeys(item.areas))[:2])] if item.areas else []
    return Waiting(
        page_of(item, narrowed), item.name or kind.label, item.about, tuple(facts),
        (item.listing_id or "") if kind.bulk and in_queue else "", item.key == here, item.key if in_queue and kind.aside else "")


def page_of(item: Item, narrowed: Mapping[str, str]) -> str:
    """Where this item is decided."""
    make = PAGES.get(item.kind)
    address = make(item, narrowed) if make else ""
    return address or (url_for("listings.show", listing_id=item.listing_id) if item.listing_id else url_for("curation.queue"))


def doors(counts: Mapping[str, int], narrowed: Mapping[str, str]) -> list[Door]:
    """Every kind of work."""
    return [Door(kind.label, counts.get(key, 0), kind.about, url_for("curation.queue", kind=key, **narrowed))
            for key, kind in KINDS.items()]


def kind_ways(counts: Mapping[str, int], chosen: str, narrowed: Mapping[str, str]) -> list[Way]:
    """The kinds of which something waits."""
    everything = Way(_("すべて"), url_for("curation.queue", **narrowed), not chosen, sum(counts.values()))
    return [everything, *(Way(kind.label, url_for("curation.queue", kind=key, **narrowed), key == chosen, counts[key])
                          for key, kind in KINDS.items() if counts.get(key) or key == chosen)]


def area_ways(endpoint: str, names: Iterable[str], chosen: str, kept: Mapping[str, str]) -> list[Way]:
    """The whole city, or one of its areas."""
    rows = [(ALL, _("市の全体")), *((name, name) for name in names)]
    return [Way(label, url_for(endpoint, area=key, **kept), key == chosen) for key, label in rows]


def _proposal(item: Item, narrowed: Mapping[str, str]) -> str:
    return url_for("proposals.show", proposal_id=item.key, **narrowed)


def _pair(item: Item, _narrowed: Mapping[str, str]) -> str:
    if "duplicates.show" not in current_app.view_functions:
        return ""
    return url_for("duplicates.show", listing_id=item.listing_id, other_id=item.other_id)


def _schedule(item: Item, _narrowed: Mapping[str, str]) -> str:
    return url_for("edit.show", listing_id=item.listing_id, section="when")


def _reading(item: Item, _narrowed: Mapping[str, str]) -> str:
    section = next((FIELDS[kana].group for kana in KANA if FIELDS[kana].label == item.about), "what")
    return url_for("edit.show", listing_id=item.listing_id, section=section)


def _letter(item: Item, _narrowed: Mapping[str, str]) -> str:
    return url_for("letters.show", letter_id=item.key)


def _gap(_item: Item, _narrowed: Mapping[str, str]) -> str:
    return url_for("gaps.show")


PAGES: Mapping[str, Callable[[Item, Mapping[str, str]], str]] = {
    "proposals": _proposal, "vanished": _proposal, "duplicates": _pair, "schedules": _schedule, "readings": _reading,
    "confirmations": _letter, "enquiries": _letter, "letters": _letter, "demands": _gap,
}
