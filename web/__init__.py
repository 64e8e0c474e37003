"""How does the site come together? `create_app` makes one WSGI application and decides nothing about listings."""

from flask import Blueprint, Flask
from jinja2 import StrictUndefined

from directory.catalog import CatalogKeeper
from directory.city import load_city
from directory.consulting import load_guide
from directory.db import make_engine
from directory.errors import InvalidSettings
from directory.reading_store import ReadingStore
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from directory.wording import WordKeeper
from web import addresses, assets, copies, errors, furigana, letters, limits, my_list, reader, security, usage
from web.about_page import about_page
from web.ground import ground, map_tiles
from web.i18n import template_gettext
from web.navigation import front_page, main_pages, more_pages
from web.presenters.facts import consultation_link, telephone_link
from web.site import KEY, Site, clock
from web.tiles import tiles
from web.urls import search_url
from web.views import (
    about, applications, calendar, calendars, for_me, foundations, guidance, home, machines, maps, monthly,
    my_list as own_list, paper, patterns, places, public, reports, settings as display, suggestions, updates, viewers, wishes,
)

# What everybody may see, one subject a module.
PUBLIC: tuple[Blueprint, ...] = (
    home.pages, public.pages, calendar.pages, places.pages, monthly.pages, guidance.pages, about.pages, maps.pages,
    suggestions.pages, display.pages, own_list.pages, paper.pages, calendars.pages, viewers.pages, machines.pages,
    wishes.pages, for_me.pages, reports.pages, applications.pages, updates.pages,
)
# Which open pages each mode serves.
MODES: dict[str, tuple[Blueprint, ...]] = {
    "public": PUBLIC,
    # The ground under the map on which a pin is set
    "desk": (maps.pages,),
    "all": (*PUBLIC, patterns.pages),
}
# Where staff sign in: these modes serve the desks of web/desks.py too.
FOR_STAFF = ("desk", "all")
# A search is a few words; nothing the public sends is larger than this.
LARGEST_BODY = 500_000


def create_app(settings: Settings, mode: str = "public") -> Flask:
    """The site on one directory database: `public` for residents, `desk` for staff, `all` for both and the patterns."""
    if mode not in MODES:
        raise InvalidSettings(f"「{mode}」という動かしかたはありません。使えるのは {'、'.join(MODES)} です。")
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    addresses.register(app, settings)
    app.extensions[KEY] = _site(settings)
    _prepare_templates(app)
    pictures = app.extensions["map_tiles"] = tiles(settings.map_tiles)
    security.protect(app, pictures.origin if pictures else "", secure=addresses.is_secure(settings))
    errors.register(app)
    reader.register(app)
    my_list.register(app)
    furigana.register(app, ReadingStore(app.extensions[KEY].engine))
    limits.register(app)
    copies.register(app)
    letters.register(app, settings)
    usage.register(app, settings, takes_over=mode != "public")
    app.register_blueprint(foundations.pages)
    for blueprint in MODES[mode]:
        app.register_blueprint(blueprint)
    if mode in FOR_STAFF:
        _add_desks(app, settings)
    return app


def _add_desks(app: Flask, settings: Settings) -> None:
    """The process of the public site never even loads what knows of people."""
    from web import desks

    desks.register(app, settings)


def _site(settings: Settings) -> Site:
    vocabulary = load_vocabulary(settings.data / "vocabulary")
    engine = make_engine(settings.directory_database_url)
    return Site(
        city=load_city(settings.data / "city.yml"),
        files=vocabulary,
        words=WordKeeper(engine, vocabulary),
        guide=load_guide(settings.data / "consultation.yml", vocabulary),
        engine=engine,
        keeper=CatalogKeeper(engine, vocabulary, "public"),
        now=clock(settings),
    )


def _prepare_templates(app: Flask) -> None:
    city, files = app.extensions[KEY].city, assets.load_assets()
    app.extensions["assets"] = files
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    # A name missing from a page is a fault to be seen in the tests, not an empty place.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        _=template_gettext,
        city=city,
        about_page=about_page,
        asset_versions={name: file.version for name, file in files.items()},
        city_phone_link=consultation_link(city),
        front_page=front_page,
        ground=ground,
        main_pages=main_pages,
        map_tiles=map_tiles,
        more_pages=more_pages,
        search_url=search_url,
        telephone_link=telephone_link,
    )
