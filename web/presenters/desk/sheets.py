"""What stands on the sheet for the person, and on the paper for the host? Easy words, no score, nothing staff-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from directory.city import City
from directory.exporters.qr import QrCode, qr_code
from directory.listing import Listing
from directory.vocabulary import Vocabulary
from matcher.casework import VALUE, Heard
from web.addresses import full_address
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import full_date
from web.presenters.listing import ListingPage, listing_page

LONGEST = 90


@dataclass(frozen=True)
class SheetPlace:
    """One place of the sheet. `script`: what to say on the telephone."""

    page: ListingPage
    about: str
    dates: tuple[str, ...]
    where: str
    fee: str
    first_day: tuple[str, ...]
    phone: str
    phone_note: str
    script: str
    qr: QrCode | None


@dataclass(frozen=True)
class PersonSheet:
    """The sheet for the person."""

    places: tuple[SheetPlace, ...]
    printed: str


def person_sheet(listings: Sequence[Listing], vocabulary: Vocabulary, city: City, now: datetime) -> PersonSheet:
    """Public listings in easy words."""
    return PersonSheet(
        tuple(_place(listing_page(one, vocabulary, city, now), city) for one in listings), full_date(now.date()))


def _place(page: ListingPage, city: City) -> SheetPlace:
    listing = page.listing
    about = listing.easy_description or listing.summary or listing.description or ""
    phone = listing.phone or city.consultation.phone
    note = listing.phone_hours or "" if listing.phone else f"{city.consultation.name}　{city.consultation.hours}"
    first = [words for label, words in page.first_day][:2]
    return SheetPlace(
        page=page, about=about if len(about) <= LONGEST else about[:LONGEST] + "…",
        dates=tuple(_("%(day)s %(hours)s%(plan)s", day=row.day, hours=row.hours, plan="" if row.certain else _("（予定）"))
                    for row in page.dates if not row.off)[:2],
        where=facts.place(listing), fee=facts.fee_in_short(listing), first_day=tuple(first), phone=phone, phone_note=note,
        script=_("「%(name)sのことで電話しました。はじめてですが、見学できますか」", name=listing.name) if listing.phone
        else _("「%(name)sに行ってみたいです」", name=listing.name),
        qr=qr_code(full_address(f"/listings/{listing.id}")))


@dataclass(frozen=True)
class Told:
    """Something that may be told to the host; `chosen` only when the worker ticked it with the person."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class HostPaper:
    """呼び名, してほしいこと, してほしくないこと, 困ったときの電話. Lists hold everything that can be ticked."""

    wishes: tuple[Told, ...]
    spared: tuple[Told, ...]
    notes: tuple[str, ...]
    phone: str
    phone_note: str
    printed: str


def host_paper(
    notes: Sequence[str], heard: Mapping[str, Heard], ticked: Sequence[str], vocabulary: Vocabulary, city: City, today: date
) -> HostPaper:
    """What to do and what not, never why. Without consent for the host `heard` and `notes` are empty."""
    terms: Mapping = {**vocabulary.attributes, **vocabulary.accommodations}

    def told(field: str) -> tuple[Told, ...]:
        value: Any = heard[field].value if field in heard and heard[field].state == VALUE else ()
        return tuple(Told(f"{field}.{one}", terms[one].label, f"{field}.{one}" in ticked) for one in value if one in terms)

    return HostPaper((*told("accommodations"), *_company(heard, ticked)), told("avoided"), tuple(notes),
                     city.consultation.phone, f"{city.consultation.name}　{city.consultation.hours}", full_date(today))


def _company(heard: Mapping[str, Heard], ticked: Sequence[str]) -> tuple[Told, ...]:
    together = "accompanied" in heard and heard["accompanied"].value is True
    words = _("はじめのうち、一緒に行く人がいます")
    return (Told("accompanied", words, "accompanied" in ticked),) if together else ()
