"""How are the days of the calendar told? Days with their openings, what is certain, 予定 and called off, and ways on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from directory.agenda import Agenda, Day, Event, agenda, period, span_of, within_horizon, without_period
from directory.catalog import Catalog
from directory.schedules import HORIZON_DAYS, Occurrence
from directory.search import SearchQuery, matching, search
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.dates import day_in_words, full_date, hours, weekday
from web.presenters.results import facet_boxes, hidden_fields
from web.urls import search_url

# More openings than this are a list nobody reads to its end: the days after are named with their counts.
EVENTS_AT_ONCE = 80
DEFAULT = "this_week"


@dataclass(frozen=True)
class EventRow:
    """One opening in words; `note` says why it is off, or what to know before setting out."""

    id: str
    name: str
    iso: str
    hours: str
    place: str
    off: bool
    certain: bool
    note: str
    kana: str = ""
    hall: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class DayRow:
    """One day; `shown` False: only its counts, and the way to it."""

    anchor: str
    month: int
    number: int
    weekday: str
    memo: str
    today: bool
    events: tuple[EventRow, ...]
    open: int
    off: int
    shown: bool
    url: str


@dataclass(frozen=True)
class Way:
    """A link with, where it helps, the number of openings it leads to."""

    label: str
    url: str
    here: bool = False
    count: int | None = None


def calendar_view(catalog: Catalog, asked: SearchQuery, now: datetime) -> dict[str, object]:
    """Everything the template of /calendar prints, by name."""
    today = now.date()
    span, problem = _span(catalog, asked, now)
    places = without_period(asked)
    query = places if problem or period(asked, today) is None else asked
    page = search(catalog, query if query is not places else places.setting("when", [DEFAULT]), now)
    found = agenda(catalog, places, *span, now)
    return {
        "page": page,
        "title": _title(query, span, today),
        "span": "" if query.first("date") else _span_in_words(span, today),
        "problem": problem,
        "agenda": found,
        "days": day_rows(found, places, today),
        "tabs": _tabs(places, query, today),
        "around": _around(places, query, today),
        "chips": [chip for chip in page.chips if chip.words or _keeps_period(chip.query, page.query)],
        "boxes": facet_boxes(page, without=("when",)),
        "hidden": hidden_fields(page, "when", "date", "sort"),
        "chosen": query.first("date") or "",
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(HORIZON_DAYS)).isoformat(),
        "ways": [] if found.open else _ways_on(catalog, places, span, now),
        "all_off": search_url(SearchQuery(values=tuple(p for p in query.values if p[0] in ("when", "date")))),
    }


def _span(catalog: Catalog, asked: SearchQuery, now: datetime) -> tuple[tuple[date, date], str]:
    """The days to show, and why not the ones asked for."""
    today = now.date()
    _rows, effective = matching(catalog, asked, now)
    week = span_of(DEFAULT, today)
    wanted = period(effective, today) or week
    first, last = within_horizon(*wanted, today)
    if first <= last:
        return (first, last), ""
    if wanted[1] < today:
        return week, _("%(day)sは、もう過ぎた日です。かわりに今週の予定を出しました。", day=full_date(wanted[0]))
    until = full_date(today + timedelta(HORIZON_DAYS))
    return week, _("%(day)sの予定は、まだわかりません。%(until)sまでの予定を見られます。かわりに今週の予定を出しました。",
                   day=full_date(wanted[0]), until=until)


def day_rows(found: Agenda, places: SearchQuery, today: date) -> list[DayRow]:
    """The days in order; the first one always in full, the others as long as the list stays readable."""
    rows, left = [], EVENTS_AT_ONCE
    for number, day in enumerate(found.days):
        left -= len(day.events)
        rows.append(_day(day, number == 0 or left >= 0, places, today))
    return rows


def _day(day: Day, shown: bool, places: SearchQuery, today: date) -> DayRow:
    off = sum(event.held.cancelled for event in day.events)
    return DayRow(
        anchor=f"d{day.date.isoformat()}", month=day.date.month, number=day.date.day, weekday=weekday(day.date),
        memo=_("祝日") if day.holiday else "", today=day.date == today,
        events=tuple(event_row(event) for event in day.events) if shown else (),
        open=len(day.events) - off, off=off, shown=shown,
        url=search_url(places.setting("date", [day.date.isoformat()])),
    )


def event_row(event: Event) -> EventRow:
    """One opening in words."""
    held = event.held
    return EventRow(
        id=event.listing.id, name=event.listing.name, iso=held.date.isoformat(),
        hours=hours_in_words(held), place=event.hall or facts.place(event.listing),
        off=held.cancelled, certain=held.certain, note=held.note, kana=event.listing.kana or "",
        hall=facts.hall(event.listing),
    )


def hours_in_words(held: Occurrence) -> str:
    """10:00～11:30; an opening without a time in words."""
    return hours(held.start, held.end) or _("時間は電話で")


def _title(query: SearchQuery, span: tuple[date, date], today: date) -> str:
    if query.first("date"):
        return _("%(day)sの予定", day=day_in_words(span[0], today))
    return {
        "now": _("きょうの予定"), "today": _("きょうの予定"), "tomorrow": _("あしたの予定"), "this_weekend": _("今週末の予定"),
        "next_week": _("来週の予定"), "this_month": _("今月の予定"), "next_month": _("来月の予定"),
    }.get(query.first("when") or DEFAULT, _("今日・今週"))


def _span_in_words(span: tuple[date, date], today: date) -> str:
    first, last = span
    if first == last:
        return _("%(day)s。", day=day_in_words(first, today))
    return _("%(first)sから %(last)sまで。", first=day_in_words(first, today), last=day_in_words(last, today))


def _tabs(places: SearchQuery, query: SearchQuery, today: date) -> list[Way]:
    """きょう, 今週, 来週 and the next month by its name."""
    here = "date" if query.first("date") else query.first("when") or DEFAULT
    names = {"today": _("きょう"), DEFAULT: _("今週"), "next_week": _("来週"),
             "next_month": _("%(month)s月", month=today.month % 12 + 1)}
    return [Way(label, search_url(places if when == DEFAULT else places.setting("when", [when])), here == when)
            for when, label in names.items()]


def _around(places: SearchQuery, query: SearchQuery, today: date) -> list[Way]:
    """Beside a single day: the day before and after, as far as the calendar knows."""
    if not query.first("date"):
        return []
    day = date.fromisoformat(query.first("date"))
    days = [(_("前の日（%(weekday)s）"), day - timedelta(1)), (_("次の日（%(weekday)s）"), day + timedelta(1))]
    return [Way(label % {"weekday": weekday(other)}, search_url(places.setting("date", [other.isoformat()])))
            for label, other in days if today <= other <= today + timedelta(HORIZON_DAYS)]


def _keeps_period(query: SearchQuery, asked: SearchQuery) -> bool:
    return all(query.get(name) == asked.get(name) for name in ("when", "date"))


def _ways_on(catalog: Catalog, places: SearchQuery, span: tuple[date, date], now: datetime) -> list[Way]:
    """From days without an opening: other days, and the same days without the conditions."""
    today, ways = now.date(), []
    for when, label in (("this_week", _("今週を見る")), ("next_week", _("来週を見る")), ("next_month", _("来月を見る"))):
        days = span_of(when, today)
        count = agenda(catalog, places, *days, now).open
        if count and days != span:
            ways.append(Way(label, search_url(places.setting("when", [when])), count=count))
    if places.parameters():
        count = agenda(catalog, SearchQuery(), *span, now).open
        same = SearchQuery() if span[0] != span[1] else SearchQuery().setting("date", [span[0].isoformat()])
        if count:
            ways.append(Way(_("条件を外して見る"), search_url(same), count=count))
    return ways

