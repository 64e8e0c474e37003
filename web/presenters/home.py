"""What stands on the first page? Eight tiles, today's openings, what was confirmed last, the areas."""

from dataclasses import dataclass
from datetime import datetime

from directory.agenda import Agenda, Event, agenda
from directory.catalog import Catalog
from directory.freshness import confirmed_within, recently_confirmed
from directory.listing import Listing
from directory.search import SearchPage, SearchQuery, count, read_parameters, search
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.calendar import hours_in_words
from web.presenters.dates import day_in_words
from web.urls import search_url

EVENTS_SHOWN, CONFIRMED_SHOWN = 3, 3


@dataclass(frozen=True)
class Tile:
    """One way in: its picture, name, examples, the search behind it and how many places that finds."""

    picture: str
    label: str
    about: str
    query: SearchQuery
    count: int

    def url(self, page: str) -> str:
        """The address of its search."""
        return search_url(self.query, page)


@dataclass(frozen=True)
class Opening:
    """One of today's openings in words."""

    id: str
    name: str
    hours: str
    place: str
    certain: bool
    kana: str = ""
    hall: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Confirmed:
    """A place and when somebody made sure of it."""

    id: str
    name: str
    sentence: str
    kana: str = ""


def rows_of_tiles() -> tuple[tuple[str, str, str, str, tuple[str, ...]], ...]:
    """The eight ways in: picture, name, examples, parameter and values of the search."""
    return (
        ("company", _("話し相手・お茶"), _("サロン、喫茶、縁側"), "kind",
         ("salon", "kayoinoba", "seniors_club", "free_space", "familiar_shop")),
        ("exercise", _("体を動かす"), _("体操、散歩、グラウンドゴルフ"), "need", ("exercise",)),
        ("meal", _("ごはん・食べもの"), _("会食会、こども食堂、食料"), "need", ("food",)),
        ("children", _("子ども・子育て"), _("ひろば、学習、遊び場"), "kind",
         ("parent_child", "childrens_place", "study_support", "kodomo_shokudo")),
        ("role", _("何かしてみたい・役に立ちたい"), _("麦茶係、草刈り、値札づけ"), "need", ("role",)),
        ("transport", _("買い物・移動"), _("送迎、移動販売、配食"), "need", ("shopping_transport",)),
        ("care", _("もの忘れ・介護"), _("認知症カフェ、家族の会"), "kind", ("dementia_cafe", "carers_group")),
        ("work", _("働く前の一歩"), _("見学、体験、協力事業所"), "need", ("work_experience",)),
    )


def examples() -> tuple[str, ...]:
    """Questions to try, in the words people use."""
    return _("水曜 午前 佐伯 体操"), _("お茶を飲みに"), _("ひとりで行ける"), _("買い物")


def tiles(catalog: Catalog, now: datetime) -> list[Tile]:
    """The eight ways in with their counts."""
    found = []
    for picture, label, about, parameter, values in rows_of_tiles():
        query = read_parameters([(parameter, value) for value in values], catalog)
        found.append(Tile(picture, label, about, query, count(catalog, query, now)))
    return found


def home_view(catalog: Catalog, now: datetime) -> dict[str, object]:
    """Everything the template of the first page prints, by name."""
    today = agenda(catalog, SearchQuery(), now.date(), now.date(), now)
    everything = search(catalog, SearchQuery(), now)
    facets = {facet.parameter: facet for facet in everything.facets}
    return {
        "tiles": tiles(catalog, now),
        "examples": examples(),
        "today": day_in_words(now.date(), now.date()),
        "openings": openings(today, now),
        "today_count": today.open,
        "confirmed": [_confirmed(listing) for listing in recently_confirmed(catalog, CONFIRMED_SHOWN)],
        "total": catalog.size,
        "fresh": confirmed_within(catalog),
        "areas": area_counts(everything),
        "about_areas": {area.name: area.about for area in catalog.vocabulary.areas},
        "kinds": sorted(facets["kind"].options, key=lambda option: -option.count)[:6] if "kind" in facets else [],
        "at_home": count(catalog, SearchQuery().setting("at_home", ["yes"]), now),
    }


def area_counts(page: SearchPage) -> list[tuple[str, int]]:
    """Every area with the number of places the search finds there."""
    facet = next((facet for facet in page.facets if facet.parameter == "area"), None)
    return [(option.value, option.count) for option in facet.options] if facet else []


def openings(today: Agenda, now: datetime) -> list[Opening]:
    """The next openings of today: those that begin soonest, then those that are on or were."""
    events = [event for day in today.days for event in day.events if not event.held.cancelled]
    begun = [event.held.start is None or event.held.start < now.time() for event in events]
    coming = [event for event, has_begun in zip(events, begun, strict=True) if not has_begun]
    earlier = [event for event, has_begun in zip(events, begun, strict=True) if has_begun]
    return [_opening(event) for event in [*coming, *reversed(earlier)][:EVENTS_SHOWN]]


def _opening(event: Event) -> Opening:
    held = event.held
    return Opening(event.listing.id, event.listing.name, hours_in_words(held),
                   event.hall or facts.place(event.listing), held.certain, event.listing.kana or "",
                   facts.hall(event.listing))


def _confirmed(listing: Listing) -> Confirmed:
    return Confirmed(listing.id, listing.name, facts.assured_on(listing), listing.kana or "")
