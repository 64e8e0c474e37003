"""What does a page say of itself to search engines and to those it is shared with? Its one address and a sentence."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from flask import current_app, request
from markupsafe import Markup

from directory.city import City
from directory.exporters.jsonld import listing_facts, script_text
from directory.listing import Listing
from web.addresses import full_address, full_url
from web.assets import CARD
from web.i18n import gettext as _
from web.site import site

LONGEST_SENTENCE = 120
CUT = "…"


@dataclass(frozen=True)
class AboutPage:
    """`url`: the page without what only orders, counts or prints it; `picture`: what stands beside a shared link."""

    url: str
    sentence: str
    picture: str


def about_page(city: City, listing: Listing | None = None) -> AboutPage:
    """Of the page being shown; of a place its summary."""
    version = current_app.extensions["assets"][CARD].version
    return AboutPage(
        url=full_address(quote(request.path)), sentence=_sentence(listing) if listing else _of_site(city),
        picture=full_url("foundations.asset", version=version, name=CARD))


def facts_for_machines(listing: Listing, today: date) -> Markup:
    """schema.org of a place, as text that is safe in a script element; nothing for a place that has ended."""
    url = full_url("public.listing", listing_id=listing.id)
    facts = listing_facts(listing, url=url, today=today, vocabulary=site().vocabulary)
    return Markup(script_text(facts) if facts else "")


def _of_site(city: City) -> str:
    return _("%(city)sの、居場所・サロン・体操・こども食堂などをさがせます。%(tagline)s。", city=city.name, tagline=city.tagline)


def _sentence(listing: Listing) -> str:
    areas = "・".join(listing.area_names())
    where = _("（%(area)s）", area=areas) if areas else ""
    text = " ".join(f"{listing.name}{where}　{listing.summary or ''}".split())
    return text if len(text) <= LONGEST_SENTENCE else text[:LONGEST_SENTENCE - 1] + CUT
