"""What does the page of one place say, section by section, in the order a first-comer asks?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from directory.city import City
from directory.listing import Listing
from directory.listing import Meeting as Opening
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.answers import AnswerGroup, answers, unasked
from web.presenters.dates import When, coming

Pair = tuple[str, str]


@dataclass(frozen=True)
class Meeting:
    """One rule of opening: its sentence, or the phrase as written with what could not be read of it."""

    sentence: str
    phrase: str
    question: str
    notices: tuple[str, ...]
    remarks: tuple[str, ...]
    place: str
    note: str


@dataclass(frozen=True)
class ListingPage:
    """The sections; an empty one is left out. `listing` holds what needs no words of ours."""

    listing: Listing
    kind: str
    where_short: str
    strip: tuple[Pair, ...]
    next: When | None
    uncertain: bool
    welcome: str
    welcome_sentence: str
    welcome_easy: str
    capacity: str
    first_day: tuple[Pair, ...]
    usual: tuple[Pair, ...]
    meetings: tuple[Meeting, ...]
    dates: tuple[When, ...]
    address: str
    travel: tuple[str, ...]
    fees: tuple[Pair, ...]
    who: tuple[Pair, ...]
    application: str
    steps: tuple[str, ...]
    groups: tuple[AnswerGroup, ...]
    unasked: tuple[str, ...]
    phone_link: str | None
    web: str | None
    assured: facts.Assured
    hall: tuple[str, str]


def listing_page(listing: Listing, vocabulary: Vocabulary, city: City, now: datetime) -> ListingPage:
    """Everything the page of one listing prints."""
    dates = coming(listing, now)
    first = next((row for row in dates if not row.off), None)
    kind, welcome = vocabulary.kinds.get(listing.kind), vocabulary.welcome.get(listing.welcome)
    capacity = vocabulary.capacity.get(listing.capacity_state or "")
    assured = facts.assured_in_full(listing, now.date())
    return ListingPage(
        listing=listing,
        kind=kind.label if kind else "",
        where_short=_where_short(listing),
        strip=_strip(listing),
        next=first,
        uncertain=first is None or not first.certain,
        welcome=facts.welcome(listing, vocabulary),
        welcome_sentence=welcome.sentence if welcome else "",
        welcome_easy=(welcome.easy or "") if welcome else "",
        capacity=_capacity(listing, capacity.sentence if capacity else ""),
        first_day=_pairs(listing.first_day, _first_day_labels()),
        usual=_pairs(listing.usual, _usual_labels()),
        meetings=tuple(_meeting(meeting) for meeting in listing.meetings),
        dates=dates,
        address="".join(filter(None, (listing.municipality, listing.town, listing.address_rest, listing.building))),
        travel=_travel(listing, city),
        fees=_fees(listing),
        who=_who(listing),
        application=_application(listing),
        steps=listing.steps or _usual_steps(listing, city),
        groups=answers(listing, vocabulary),
        unasked=unasked(listing, vocabulary),
        phone_link=facts.telephone_link(listing.phone),
        web=_web_link(listing.web),
        assured=assured,
        hall=facts.hall(listing),
    )


def _where_short(listing: Listing) -> str:
    return "・".join(dict.fromkeys(filter(None, (*listing.area_names(), listing.town))))


def _strip(listing: Listing) -> tuple[Pair, ...]:
    """Place, fee and telephone; the next date is printed before them."""
    return (
        (_("場所"), facts.place(listing)),
        (_("費用"), facts.fee_in_short(listing)),
        (_("連絡"), listing.phone or facts.contact(listing)),
    )


def _first_day_labels() -> dict[str, str]:
    return {
        "entrance": _("入口"), "ask_for": _("声かけ"), "self_introduction": _("自己紹介"),
        "leave_early": _("途中退出"), "bring": _("持ちもの"), "sign_in": _("名簿"),
    }


def _usual_labels() -> dict[str, str]:
    return {"people": _("人数"), "ages": _("年代"), "men": _("男性"), "alone": _("一人参加")}


def _pairs(given: Mapping[str, str], labels: dict[str, str]) -> tuple[Pair, ...]:
    return tuple((label, str(given[key])) for key, label in labels.items() if given.get(key))


def _capacity(listing: Listing, sentence: str) -> str:
    if listing.capacity_state == "places" and listing.capacity_count is not None:
        return _("いま、あと%(count)s人ほど入れます。", count=listing.capacity_count)
    return sentence if listing.capacity_state == "hard_now" else ""


def _meeting(meeting: Opening) -> Meeting:
    """A rule that was read is said in our words; one that was not is quoted as it was written."""
    schedule, said = meeting.schedule, meeting.schedule.state == "regular" and bool(meeting.schedule.sentence)
    return Meeting(
        sentence=schedule.sentence if said else _state_sentence(schedule.state),
        phrase="" if said else (schedule.phrase or ""),
        question=schedule.question or "" if schedule.state == "needs_review" else "",
        notices=tuple(schedule.notices),
        remarks=tuple(schedule.remarks),
        place=meeting.place or "",
        note=meeting.note or "",
    )


def _state_sentence(state: str) -> str:
    return {
        "irregular": _("日にちは決まっていません。"),
        "ask": _("日時は電話で聞いてください。"),
        "suspended": _("いまはお休みしています。"),
        "withheld": _("日時は、申しこみのときにお伝えします。"),
        "needs_review": _("つぎのように聞いています。日にちは、まだ確かめきれていません。"),
    }.get(state, _("日時は、まだ確かめていません。"))


def _travel(listing: Listing, city: City) -> tuple[str, ...]:
    zone = city.zones.get(listing.zone)
    lines = []
    if zone and zone.crossing_minutes:
        lines.append(_("%(zone)sへは%(travel)sです。", zone=zone.label, travel=zone.travel or _("船")))
    if listing.travel_notes:
        lines.append(listing.travel_notes)
    if listing.pickup == "service":
        lines.append(_("送迎があります。使い方は電話で聞いてください。"))
    if listing.pickup == "none":
        lines.append(_("送迎はありません。"))
    return tuple(lines)


def _fees(listing: Listing) -> tuple[Pair, ...]:
    if listing.fees_state == "none":
        return ((_("費用"), _("かかりません（無料）")),)
    if listing.fees_state != "stated" or not listing.fees:
        return ((_("費用"), facts.unknown()),)
    return tuple((fee.per, facts.fee_in_full(fee)) for fee in listing.fees)


def _who(listing: Listing) -> tuple[Pair, ...]:
    rows = [
        (_("年齢"), _stated(listing.age_state, listing.age_text or _ages(listing))),
        (_("性別"), _stated(listing.gender_state, _gender(listing))),
        (_("お住まい"), _stated(listing.residency_state, listing.residency_text or "")),
    ]
    if listing.audience_text:
        rows.insert(0, (_("対象"), listing.audience_text))
    if listing.exclusion:
        rows.append((_("参加条件"), listing.exclusion))
    return tuple(rows)


def _stated(state: str, words: str) -> str:
    if state == "none":
        return _("問いません")
    return words if state == "stated" and words else facts.unknown()


def _ages(listing: Listing) -> str:
    youngest, oldest = (None if age is None else f"{age:g}" for age in (listing.minimum_age, listing.maximum_age))
    if youngest and oldest:
        return _("%(youngest)s歳から%(oldest)s歳まで", youngest=youngest, oldest=oldest)
    if youngest:
        return _("%(youngest)s歳から", youngest=youngest)
    return _("%(oldest)s歳まで", oldest=oldest) if oldest else ""


def _gender(listing: Listing) -> str:
    return _("%(gender)sの方", gender=listing.gender_only) if listing.gender_only else ""


def _application(listing: Listing) -> str:
    return {
        "none": _("申しこみはいりません。"), "phone": _("電話で申しこみます。"), "apply": _("申しこみがいります。"),
    }.get(listing.application or "", "")


def _usual_steps(listing: Listing, city: City) -> tuple[str, ...]:
    """What to do where the place itself has not told us."""
    first = (_("電話で、はじめてだと伝えます。") if listing.phone else
             _("%(desk)sに電話して、ここに行ってみたいと伝えます。", desk=city.consultation.name))
    return first, _("日にちと場所を確かめて、様子を見に行きます。"), _("合わなければ、やめてかまいません。")


def _web_link(address: str | None) -> str | None:
    """Only addresses of web pages become links."""
    return address if address and address.startswith(("https://", "http://")) else None
