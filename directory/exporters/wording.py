"""Which words does an entry in somebody's calendar carry? Name, place, and what to know before going."""

from collections.abc import Iterable, Sequence

from directory.city import City
from directory.listing import Listing, Meeting
from directory.schedules import Occurrence

CALL_FIRST = "お出かけ前にお電話を"
EXACT = ("building", "block")  # a pin of lower precision would send people to the middle of a town


def title(listing: Listing, row: Occurrence) -> str:
    """The name; 予定 and 中止 stand in front, because most calendar programs show no status."""
    return f"{_mark(row)}{listing.name}"


def _mark(row: Occurrence) -> str:
    return "【中止】" if row.cancelled else "" if row.certain else "【予定】"


def place(listing: Listing, meeting: Meeting) -> str:
    """Where to go: the hall of the day, or name and address; of a masked place its 地域 alone, of a visit nothing."""
    if meeting.place:
        return meeting.place
    if not listing.has_place:
        return ""
    if listing.masked:
        areas = "・".join(listing.area_names())
        return f"{areas}地域（場所は申しこみのときに）" if areas else "場所は申しこみのときに"
    address = "".join(filter(None, (
        listing.prefecture, listing.municipality, listing.town, listing.address_rest, listing.building,
    )))
    return "、".join(filter(None, (listing.place_name, address)))


def point(listing: Listing) -> tuple[float, float] | None:
    """Latitude and longitude of the listing's place, where they are public and exact."""
    if listing.masked or not listing.has_place or listing.precision not in EXACT:
        return None
    if listing.latitude is None or listing.longitude is None:
        return None
    return listing.latitude, listing.longitude


def details(listing: Listing, meeting: Meeting, row: Occurrence, moved: Iterable[Occurrence], city: City) -> str:
    """What to know before going, one thing a line; the exceptions of the schedule as they were written."""
    schedule = meeting.schedule
    lines = [
        row.note,
        listing.summary,
        schedule.sentence,
        *(f"{day.date.month}月{day.date.day}日は{day.note}" for day in moved),
        *schedule.notices,
        *schedule.remarks,
        meeting.note,
        "" if row.end or row.cancelled else _unknown_hours(row),
        "" if row.certain or row.cancelled else f"【予定】です。{CALL_FIRST}。",
        contact(listing, city),
        city.notice,
    ]
    return "\n".join(line for line in dict.fromkeys(lines) if line)


def _unknown_hours(row: Occurrence) -> str:
    return "終わりの時刻は未確認です。" if row.start else "時刻は未確認です。"


def contact(listing: Listing, city: City) -> str:
    """Whom to telephone: the place itself, or the desk that puts through."""
    if listing.contact_public and listing.phone:
        return f"電話 {listing.phone}{f'（{listing.phone_hours}）' if listing.phone_hours else ''}"
    desk = city.consultation
    return f"連絡は{desk.name}（{desk.phone}）が取り次ぎます。"


def empty(listings: Sequence[Listing], city: City) -> str:
    """Why a calendar has no entry, and whom to ask: the one place it is of, or the desk that every page names."""
    desk = f"{city.consultation.name}（{city.consultation.phone}）でも聞けます。"
    return "いま、日の決まった予定はありません。" + (contact(listings[0], city) if len(listings) == 1 else desk)
