"""What is said to somebody who is worried? Whom to call, which desk is near, where to go; for oneself or another."""

from dataclasses import dataclass
from datetime import datetime

from directory.catalog import Catalog
from directory.catalog.edition import Place
from directory.consulting import Guide, Trouble, guidance
from directory.neighbours import area_of_town, main_towns, towns_of_areas
from directory.search import Hit, SearchQuery, search
from directory.text import UrgentHelp
from directory.vocabulary import HelpLine, UrgentGroup, Vocabulary
from web.i18n import gettext as _
from web.presenters import facts
from web.presenters.results import Row, rows
from web.urls import search_url

SHOWN = 3
# Desks for this very trouble, and desks for any: more are a link away.
NEAR_SHOWN, DESKS_SHOWN = 4, 5


@dataclass(frozen=True)
class Desk:
    """A place that listens, with the number to call."""

    id: str
    name: str
    about: str
    place: str
    number: str | None
    link: str | None
    contact: str
    kana: str = ""
    hall: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Shelf:
    """A few places of one sort, and the way to all of them."""

    heading: str
    about: str
    rows: list[Row]
    total: int
    url: str


def consult_view(
    catalog: Catalog, guide: Guide, trouble: Trouble | None, area: str | None, now: datetime, search_page: str
) -> dict[str, object]:
    """Everything the template of /consult prints, by name."""
    known = guidance(catalog, guide, trouble, area, now)
    near = known.near[:NEAR_SHOWN]
    first = {hit.listing.id for hit in near}
    places = known.places
    return {
        "guide": guide,
        "trouble": trouble,
        "area": area,
        "areas": list(catalog.words.areas),
        "urgent": (help_of(trouble.urgent),) if trouble and trouble.urgent else (),
        "near": [_desk(hit) for hit in near],
        "desks": [_desk(hit) for hit in known.desks.hits if hit.listing.id not in first][:DESKS_SHOWN],
        "desk_total": known.desks.total,
        "desk_url": search_url(known.desks.query, search_page),
        "places": rows(places, catalog.vocabulary, now.date())[:SHOWN] if places else [],
        "place_total": places.total if places else 0,
        "place_url": search_url(places.query, search_page) if places else "",
        "elsewhere": bool(area and places and not places.query.get("area")),
    }


def help_of(group: UrgentGroup) -> UrgentHelp:
    """An urgent group as the help panel prints it."""
    return UrgentHelp(
        group.key, group.label, group.say, group.easy, group.now, group.lines, group.children, group.local)


def numbers(lines: tuple[HelpLine, ...]) -> list[tuple[HelpLine, str | None]]:
    """Lines with the link that dials them."""
    return [(line, facts.telephone_link(line.number)) for line in lines if line.number]


def _desk(hit: Hit) -> Desk:
    listing = hit.listing
    return Desk(listing.id, listing.name, listing.summary or "", facts.place(listing), listing.phone,
                facts.telephone_link(listing.phone), facts.contact(listing), listing.kana or "", facts.hall(listing))


def family_view(
    catalog: Catalog, guide: Guide, asked: str, now: datetime, search_page: str
) -> dict[str, object]:
    """Everything the template of /family prints, by name; `asked` is the town somebody typed or pressed."""
    found = search(catalog, SearchQuery().setting("near", [asked]), now) if asked else None
    town = catalog.places.get(found.near) if found and found.near else None
    area = area_of_town(catalog, town) if town else None
    return {
        "asked": asked,
        "town": town,
        "area": area,
        "shelves": _shelves(catalog, guide, town, area, now, search_page) if town else [],
        "towns": {name: main_towns(towns) for name, towns in catalog.once(towns_of_areas).items() if towns},
        "unknown": bool(asked and not town),
        "meant": None if town else _area_meant(catalog, asked),
    }


def _area_meant(catalog: Catalog, asked: str) -> str | None:
    """The 地域 somebody named where a town was asked for: 佐伯, 佐伯地域, 佐伯町."""
    return next((name for name in catalog.words.areas if asked in (name, f"{name}地域", f"{name}町")), None)


def _shelves(
    catalog: Catalog, guide: Guide, town: Place, area: str | None, now: datetime, search_page: str
) -> list[Shelf]:
    """Help at home in the town's own area; places to go and desks by distance."""
    sorts = (
        (_("見守り・配食・買い物"), _("家に来てくれる、届けてくれる、一緒に行ってくれる"), True,
         ("shopping_transport", "mobile_shop", "neighbour_help")),
        (_("通いの場・お茶・体操"), _("歩いて行ける集まり。はじめの一日は、ご家族と一緒でも"), False,
         ("salon", "kayoinoba", "hyakusai_taiso", "seniors_club", "outdoor_exercise", "shared_meal", "dementia_cafe")),
        (_("相談窓口"), _("ご家族だけの相談もできます。遠くからは電話で"), True, guide.desk_kinds),
    )
    return [_shelf(catalog, heading, about, _query(catalog.vocabulary, kinds, town, area if near_home else None), now,
                   search_page) for heading, about, near_home, kinds in sorts]


def _query(vocabulary: Vocabulary, kinds: tuple[str, ...], town: Place, area: str | None) -> SearchQuery:
    query = SearchQuery(sort="near").setting("kind", [
        vocabulary.kinds[kind].into or kind for kind in kinds if kind in vocabulary.kinds])
    query = query.setting("near", [town.name])
    return query.setting("area", [area]) if area else query


def _shelf(
    catalog: Catalog, heading: str, about: str, query: SearchQuery, now: datetime, search_page: str
) -> Shelf:
    page = search(catalog, query, now)
    if not page.total:
        page = search(catalog, query.removing("area"), now)
    return Shelf(heading, about, rows(page, catalog.vocabulary, now.date())[:SHOWN], page.total,
                 search_url(page.query, search_page))
