"""How does the site come together? `create_app` makes one WSGI application and decides nothing about listings."""

from flask import Blueprint, Flask
from jinja2 import StrictUndefined

from directory.catalog import CatalogKeeper
from directory.city import load_city
from directory.db import make_engine
from directory.errors import InvalidSettings
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from web import assets, errors, security
from web.i18n import template_gettext
from web.presenters.facts import consultation_link, telephone_link
from web.site import KEY, Site, clock
from web.urls import search_url
from web.views import foundations, patterns, public

# Which pages each mode serves. The worker's and the curator's desks add their rows to `desk` and `all`.
MODES: dict[str, tuple[Blueprint, ...]] = {
    "public": (public.pages,),
    "desk": (),
    "all": (public.pages, patterns.pages),
}
# A search is a few words; nothing the public sends is larger than this.
LARGEST_BODY = 500_000


def create_app(settings: Settings, mode: str = "public") -> Flask:
    """The site on one directory database: `public` for residents, `desk` for staff, `all` for both and the patterns."""
    if mode not in MODES:
        raise InvalidSettings(f"「{mode}」という動かしかたはありません。使えるのは {'、'.join(MODES)} です。")
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions[KEY] = _site(settings)
    _prepare_templates(app)
    security.protect(app)
    errors.register(app)
    app.register_blueprint(foundations.pages)
    for blueprint in MODES[mode]:
        app.register_blueprint(blueprint)
    return app


def _site(settings: Settings) -> Site:
    vocabulary = load_vocabulary(settings.data / "vocabulary")
    engine = make_engine(settings.directory_database_url)
    return Site(
        city=load_city(settings.data / "city.yml"),
        vocabulary=vocabulary,
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
        asset_versions={name: file.version for name, file in files.items()},
        city_phone_link=consultation_link(city),
        search_url=search_url,
        telephone_link=telephone_link,
    )
