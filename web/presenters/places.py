"""What stands on the pages of an area and of a kind of place: how many, of what, where beside, and the places."""

from dataclasses import dataclass
from datetime import datetime

from directory.catalog import Catalog
from directory.catalog.columns import AREA_KIND
from directory.neighbours import areas_by_distance, main_towns, towns_of_areas
from directory.search import Option, SearchPage, SearchQuery, search
from web.i18n import gettext as _
from web.presenters.results import rows


@dataclass(frozen=True)
class Entry:
    """One line of an index: its key in addresses, its words and how many places are there."""

    key: str
    label: str
    about: str
    count: int


@dataclass(frozen=True)
class IndexWords:
    """What an index says above its lines; `unknown`: it answers for an area or a kind that does not exist."""

    title: str
    heading: str
    lead: str
    by_phone: str
    unknown: bool = False


def words_of_areas(unknown: str = "") -> IndexWords:
    """Above the areas."""
    by_phone = _("どの地域かわからないときも、町の名前だけで一緒にさがします。")
    if unknown:
        return IndexWords(
            _("その地域は見つかりませんでした"), _("「%(name)s」という地域は、見つかりませんでした", name=unknown),
            _("町の名前でさがすか、下の地域から選んでください。"), by_phone, True)
    heading = _("地域からさがす")
    return IndexWords(heading, heading, _("お住まいの地域や、行きやすい地域を選んでください。"), by_phone)


def words_of_kinds(unknown: bool = False) -> IndexWords:
    """Above the kinds of places."""
    by_phone = _("どの種類かわからなくても、したいことや困っていることから一緒に考えます。")
    if unknown:
        heading = _("その種類は、見つかりませんでした")
        return IndexWords(heading, heading, _("ふだんの言葉でさがすか、下の種類から選んでください。"), by_phone, True)
    heading = _("種類からさがす")
    return IndexWords(heading, heading, _("どんな場所か、ひとことを添えています。"), by_phone)


def area_index(catalog: Catalog, now: datetime) -> list[Entry]:
    """Every area with its count; an area without a place is not hidden."""
    about = {area.name: area.about for area in catalog.vocabulary.areas}
    counts = {option.value: option.count for option in _options(search(catalog, SearchQuery(), now), "area")}
    return [Entry(name, _("%(area)s地域", area=name), about.get(name, ""), counts.get(name, 0))
            for name in catalog.words.areas]


def kind_index(catalog: Catalog, now: datetime) -> list[Entry]:
    """Every kind of which there is a place, in the vocabulary's order."""
    options = _options(search(catalog, SearchQuery(), now), "kind")
    return [Entry(it.value, it.label, catalog.vocabulary.kinds[it.value].sentence, it.count) for it in options]


def area_view(catalog: Catalog, name: str, page_number: int, now: datetime) -> dict[str, object]:
    """Everything the template of one area prints, by name."""
    page = search(catalog, SearchQuery().setting("area", [name]).on_page(page_number), now)
    zones = {area.name: area.zone for area in catalog.vocabulary.areas}
    about = {area.name: area.about for area in catalog.vocabulary.areas}
    counts = {entry.key: entry.count for entry in area_index(catalog, now)}
    return _list_view(catalog, page, now) | {
        "name": name,
        "about": about.get(name, ""),
        "kinds": _options(page, "kind"),
        "needs": _options(page, "need"),
        "towns": main_towns(catalog.once(towns_of_areas).get(name, ())),
        "districts": districts(catalog, name),
        "neighbours": [(other, counts[other], zones.get(other) != zones.get(name))
                       for other in areas_by_distance(catalog, name) if counts[other]],
    }


def kind_view(catalog: Catalog, key: str, page_number: int, now: datetime) -> dict[str, object]:
    """Everything the template of one kind of place prints, by name."""
    page = search(catalog, SearchQuery().setting("kind", [key]).on_page(page_number), now)
    return _list_view(catalog, page, now) | {"kind": catalog.vocabulary.kinds[key], "areas": _options(page, "area")}


def districts(catalog: Catalog, area: str | None = None) -> list[tuple[str, str, int]]:
    """小学校区 and 民生委員担当区 (kind, name, number of places) of the whole city or of one area."""
    counts: dict[tuple[str, str], int] = {}
    for listing in catalog.once(all_listings):
        if area is None or area in listing.area_names():
            for lies_in in listing.areas:
                if lies_in.kind != AREA_KIND:
                    counts[lies_in.kind, lies_in.name] = counts.get((lies_in.kind, lies_in.name), 0) + 1
    return sorted((kind, name, count) for (kind, name), count in counts.items())


def all_listings(catalog: Catalog) -> tuple:
    """Every listing of the edition."""
    return tuple(catalog.cards.get(catalog.ids))


def _list_view(catalog: Catalog, page: SearchPage, now: datetime) -> dict[str, object]:
    return {
        "page": page,
        "rows": rows(page, catalog.vocabulary, now.date()),
        # The address names the area or kind already: only the page number is left to say.
        "numbered": lambda query: f"?page={query.page}" if query.page > 1 else "?",
    }


def _options(page: SearchPage, parameter: str) -> tuple[Option, ...]:
    facet = next((facet for facet in page.facets if facet.parameter == parameter), None)
    return tuple(option for option in facet.options if option.count) if facet else ()
