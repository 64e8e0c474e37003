"""What stands on a QR postcard and on a 確認票? What the page says now, so that a group only marks what differs."""

from dataclasses import dataclass
from datetime import datetime

from directory.city import City
from directory.exporters.qr import QrCode, qr_code
from directory.listing import Listing
from directory.vocabulary import Vocabulary
from directory.ways_in.mailings import POSTCARD, SHEET, Piece
from web.addresses import full_address
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import full_date
from web.presenters.listing import listing_page

Pair = tuple[str, str]
# Facilities asked on a sheet: those most asked for, so that it stays one page.
ASKED = ("wheelchair", "western_toilet", "accessible_toilet", "steps", "chairs", "parking", "visit_first", "leave_freely")
LONGEST_LINE = 90


@dataclass(frozen=True)
class Card:
    """One postcard. `qr` leads to the group's own link; the address is in no other place."""

    code: str
    name: str
    lines: tuple[Pair, ...]
    qr: QrCode | None
    until: str


@dataclass(frozen=True)
class CheckSheet:
    """One 確認票: `lines` are (question, what we say now), `circles` (question, words to circle, the one of now)."""

    code: str
    name: str
    lines: tuple[Pair, ...]
    circles: tuple[tuple[str, tuple[str, ...], str], ...]
    until: str
    printed: str


def kinds() -> dict[str, str]:
    """What a job is called."""
    return {POSTCARD: _("QRはがき"), SHEET: _("確認票（A4）")}


def card(piece: Piece, listing: Listing, vocabulary: Vocabulary, city: City, now: datetime) -> Card:
    """One postcard, with public facts only: whoever carries the mail reads it too."""
    token = piece.link.token if piece.link else ""
    address = full_address(f"/update?k={token}")
    kept = {_("いつ"), _("どこで"), _("電話")}
    lines = tuple((label, _cut(words)) for label, words in _lines(listing, vocabulary, city, now) if label in kept)
    return Card(piece.code, listing.name, lines, qr_code(address), full_date(piece.answer_by))


def check_sheet(piece: Piece, listing: Listing, vocabulary: Vocabulary, city: City, now: datetime) -> CheckSheet:
    """One sheet."""
    return CheckSheet(
        piece.code, listing.name, _lines(listing, vocabulary, city, now), _circles(listing, vocabulary),
        full_date(piece.answer_by), _("%(day)s 印刷", day=full_date(now.date())))


def _lines(listing: Listing, vocabulary: Vocabulary, city: City, now: datetime) -> tuple[Pair, ...]:
    page = listing_page(listing, vocabulary, city, now)
    when = "／".join(filter(None, (rule.phrase or rule.sentence for rule in page.meetings)))
    where = _("くわしい場所はのせていません") if listing.masked else " ".join(
        filter(None, (listing.place_name, page.address or listing.service_area)))
    who = "、".join(f"{label} {words}" for label, words in page.who)
    return (
        (_("いつ"), when or facts.unknown()), (_("どこで"), where or facts.unknown()),
        (_("お金"), "、".join(f"{label} {words}" for label, words in page.fees)), (_("だれが"), who),
        (_("電話"), " ".join(filter(None, (listing.phone, listing.phone_hours))) or _("のせていません")),
    )


def _circles(listing: Listing, vocabulary: Vocabulary) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    welcome = {key: row.label for key, row in vocabulary.welcome.items() if key != "unknown"}
    answers = {"yes": _("はい"), "no": _("いいえ"), "unknown": ""}
    rows = [(_("新しい方の受け入れ"), tuple(welcome.values()), welcome.get(listing.welcome, ""))]
    rows += [(vocabulary.attributes[term].label, (answers["yes"], answers["no"]), answers.get(listing.attribute(term), ""))
             for term in ASKED if term in vocabulary.attributes]
    return tuple(rows)


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_LINE else words[:LONGEST_LINE - 1] + "…"
