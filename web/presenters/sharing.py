"""How is a place or a list told to somebody else? A short text, sent by LINE or mail only when the reader presses."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from directory.listing import Listing
from web.addresses import full_url
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import When

LINE = "https://line.me/R/msg/text/?"


@dataclass(frozen=True)
class Sharing:
    """Addresses that open LINE and the mail program with the text written in; nothing is sent before that."""

    line: str
    mail: str


def share_place(listing: Listing, coming: When | None) -> Sharing:
    """One place: its name, its next date, where it is."""
    date = _("次回 %(day)s %(hours)s", day=coming.day, hours=coming.hours) if coming else ""
    address = full_url("public.listing", listing_id=listing.id)
    return sharing(listing.name, [date.strip(), facts.place(listing)], address)


def sharing(subject: str, lines: Iterable[str], address: str) -> Sharing:
    """The subject first, a fact a line, the address last."""
    said = [line for line in lines if line]
    text = "\n".join([subject, *said, address])
    body = "\r\n".join([*said, address])
    return Sharing(line=LINE + quote(text, safe=""), mail=f"mailto:?subject={quote(subject)}&body={quote(body)}")
