"""Under which address does the world know this site? The one in the settings, never the one a request claims."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from directory.settings import Settings

KEY = "yoridokoro-address"
# Whoever asks on the machine itself, and whoever only asks whether it is alive, may call it what they like.
LOCAL = ("127.0.0.1", "localhost", "::1")
UNNAMED = ("foundations.healthz",)


def register(app: Flask, settings: Settings) -> None:
    """Refuse requests for other sites; believe the proxies that are there, and only about the visitor's address."""
    app.extensions[KEY] = settings.url
    # A redirect to a tidier path would be written with the name the request came with.
    app.url_map.merge_slashes = False
    if settings.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies, x_host=0, x_prefix=0)
    known = frozenset((*settings.hosts, *LOCAL))

    @app.before_request
    def only_for_us() -> None:
        if settings.hosts and request.endpoint not in UNNAMED and not _is_known(request.host, known):
            abort(400)

    @app.after_request
    def lead_to_paths(response: Response) -> Response:
        # Werkzeug writes the name the request came with into the redirect to a tidier path. No page leads elsewhere.
        if (response.location or "").startswith(("http:", "https:")):
            response.location = "/" + "".join(response.location.split("/", 3)[3:]).lstrip("/\\")
            response.set_data(b"")
        return response


def full_url(endpoint: str, **values: object) -> str:
    """The address of a page as it is given to others: on paper, in calendars, to search engines."""
    return current_app.extensions[KEY] + url_for(endpoint, **values)


def full_address(path: str) -> str:
    """The same of a path that begins with a slash."""
    return current_app.extensions[KEY] + path


def is_secure(settings: Settings) -> bool:
    """Is the site known under https?"""
    return settings.url.startswith("https:")


def _is_known(host: str, known: Iterable[str]) -> bool:
    try:
        return (urlsplit(f"//{host}").hostname or "") in known
    except ValueError:
        return False
