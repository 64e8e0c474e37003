"""How are the facts of a listing said, short for the list of results and long for its own page?"""

from dataclasses import dataclass
from datetime import date

from directory.city import City
from directory.listing import Fee, Listing
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.dates import full_date, month

DAYS_A_YEAR = 365
# The fee a newcomer meets first.
EACH_TIME = "毎回"


@dataclass(frozen=True)
class Assured:
    """When somebody last made sure, in words; `stale` when that is more than a year ago or never was."""

    sentence: str
    stale: bool


def unknown() -> str:
    """The word for what nobody has asked yet."""
    return _("未確認")


def yen(amount: int | None) -> str:
    """無料, 1,500円, or 実費 when the sum is not known."""
    if amount is None:
        return _("実費")
    return _("%(amount)s円", amount=f"{amount:,}") if amount else _("無料")


def fee_in_short(listing: Listing, noted: bool = True) -> str:
    """One line: 100円（お茶代） / 子ども 無料 ほか; not `noted` where there is room for few letters."""
    if listing.fees_state == "none":
        return _("無料")
    if listing.fees_state != "stated" or not listing.fees:
        return unknown()
    first = next((fee for fee in listing.fees if fee.per == EACH_TIME), listing.fees[0])
    per = "" if first.per == EACH_TIME else first.per
    # Whom a sum is for matters where others pay another one, and where it is nothing.
    whom = first.for_whom if len(listing.fees) > 1 or first.yen == 0 else ""
    words = " ".join(filter(None, (per, whom, yen(first.yen))))
    if noted and first.note and len(first.note) <= 12:
        words = _with_note(words, first)
    return _("%(fee)s ほか", fee=words) if len(listing.fees) > 1 else words


def fee_in_full(fee: Fee) -> str:
    """子ども 100円（お茶代）。はじめての日は無料です。"""
    words = _with_note(" ".join(filter(None, (fee.for_whom, yen(fee.yen)))), fee)
    return _("%(words)s。はじめての日は無料です。", words=words) if fee.first_free else words


def _with_note(words: str, fee: Fee) -> str:
    """The words with the fee's note, unless that only says the sum again."""
    return _("%(words)s（%(note)s）", words=words, note=fee.note) if fee.note and fee.note != yen(fee.yen) else words


def welcome(listing: Listing, vocabulary: Vocabulary) -> str:
    """いつでもどうぞ."""
    term = vocabulary.welcome.get(listing.welcome)
    return term.label if term else unknown()


def place(listing: Listing) -> str:
    """つつじ集会所（津田）; what may be said of a masked place or a service without one."""
    if not listing.has_place:
        return listing.service_area or _("家に来てくれる・電話などでつながる")
    area = "・".join(listing.area_names())
    if listing.masked:
        return _("%(area)s地域（場所は申しこみのときに）", area=area) if area else _("場所は申しこみのときに")
    town = listing.town or area
    if listing.place_name and town:
        return _("%(place)s（%(town)s）", place=listing.place_name, town=town)
    return listing.place_name or town or unknown()


def hall(listing: Listing) -> tuple[str, str]:
    """Name and よみ of the hall with which `place` begins; empty where it names none."""
    named = listing.has_place and not listing.masked and listing.place_name
    return (listing.place_name or "", listing.place_kana or "") if named else ("", "")


def contact(listing: Listing) -> str:
    """How to get in touch, in one line."""
    if not listing.contact_public:
        return _("相談窓口が取り次ぎます")
    if listing.phone:
        return _("電話 %(number)s", number=listing.phone)
    if listing.email:
        return _("メール")
    return _("そのまま行けます") if listing.welcome == "always" else unknown()


def is_sample_number(number: str) -> bool:
    """0829-00 numbers stand in the sample city; nobody must be invited to dial them."""
    return "".join(filter(str.isdigit, number)).startswith("082900")


def telephone_link(number: str | None) -> str | None:
    """The address that dials the number, or None where there is nothing to dial."""
    if not number or is_sample_number(number):
        return None
    digits = "".join(character for character in number if character in "0123456789#*+")
    return "tel:" + digits.replace("#", "%23") if digits else None


def consultation_link(city: City) -> str | None:
    """The address that dials 相談窓口, or None while its number is a sample."""
    return None if city.consultation.phone_is_sample else telephone_link(city.consultation.phone)


def assured_in_short(listing: Listing, today: date) -> Assured:
    """2026年11月に電話で確認 / 1年以上確認できていません（2025年7月）."""
    if listing.assured_date is None:
        return Assured(_("まだ確認できていません"), stale=True)
    when = month(listing.assured_date)
    if (today - listing.assured_date).days > DAYS_A_YEAR:
        return Assured(_("1年以上確認できていません（%(when)s）", when=when), stale=True)
    return Assured(_("%(when)sに%(how)s確認", when=when, how=_how(listing.assured_how)), stale=False)


def assured_in_full(listing: Listing, today: date) -> Assured:
    """2026年11月20日に、生活支援コーディネーターが電話で確かめました。"""
    if listing.assured_date is None:
        return Assured(_("この情報は、まだ人が確かめていません。お出かけ前にお電話を。"), stale=True)
    words = {"when": full_date(listing.assured_date), "who": _who(listing.assured_by), "how": _how(listing.assured_how)}
    if (today - listing.assured_date).days > DAYS_A_YEAR:
        return Assured(_("%(when)sに、%(who)s%(how)s確かめたのが最後です。1年以上たっています。お出かけ前にお電話を。", **words), True)
    return Assured(_("%(when)sに、%(who)s%(how)s確かめました。", **words), stale=False)


def _how(how: str | None) -> str:
    ways = {
        "電話": _("電話で"), "訪問": _("訪ねて"), "団体申告": _("団体からの連絡で"), "助成金書類": _("助成金の書類で"),
        "連絡会": _("連絡会で"), "はがき・FAX": _("はがき・FAXで"), "回覧・チラシ": _("回覧・チラシで"),
        "民生委員": _("民生委員を通じて"),
    }
    return ways.get(how or "", "")


def _who(who: str | None) -> str:
    names = {"SC": _("生活支援コーディネーターが"), "社協": _("社会福祉協議会が"), "市": _("市が"), "民生委員": ""}
    return names.get(who, _("%(who)sが", who=who)) if who else ""


def assured_on(listing: Listing) -> str:
    """2026年11月20日に電話で確認; nothing when nobody has."""
    if listing.assured_date is None:
        return ""
    return _("%(when)sに%(how)s確認", when=full_date(listing.assured_date), how=_how(listing.assured_how))
