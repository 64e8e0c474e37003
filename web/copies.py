"""May a browser go on showing the copy it has, and how small can a new one be sent? ETag, 304 and gzip.

A page is the same as long as the directory's revision, the hour (to five minutes, on which openings begin), the
reader's cookies and our own files are. So a copy is found good before anything is searched or rendered.
"""

import gzip
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from flask import Flask, Response, request
from sqlalchemy.exc import SQLAlchemyError

from directory.settings import PROJECT
from web.private import is_private
from web.site import KEY, Site, site

MINUTES = 5
CODE = ("directory", "web")
SUFFIXES = (".py", ".html")
# Shorter answers do not get shorter.
LEAST_PACKED = 1_000
PACKED_TYPES = (
    "text/", "application/json", "application/geo+json", "application/xml", "application/javascript",
    "application/manifest+json", "image/svg+xml",
)
FAST, SMALL = 5, 9
STATIC = "foundations.asset"
# Alive even when the database is not: nothing is looked up for them.
UNMARKED = (STATIC, "foundations.healthz")


def register(app: Flask) -> None:
    """Answer 304 where that is true, mark every page, and pack what can be packed."""
    edition = edition_of(app.extensions[KEY])

    @app.before_request
    def still_good() -> Response | None:
        unmarked = request.endpoint in UNMARKED or is_private()
        if not request.if_none_match or request.method not in ("GET", "HEAD") or unmarked:
            return None
        mark = _mark(edition)
        return _marked(Response(status=304), mark) if mark and request.if_none_match.contains_weak(mark) else None

    @app.after_request
    def pack(response: Response) -> Response:
        _pack(response)
        return response

    @app.after_request
    def mark_page(response: Response) -> Response:
        if response.status_code == 200 and request.method in ("GET", "HEAD") and _is_ordinary_page(response):
            mark = _mark(edition)
            return _marked(response, mark) if mark else response
        return response


def edition_of(the_site: Site) -> str:
    """Changes with our code, templates, words and city: pages of an older version are not good any more."""
    mark = blake2b(f"{the_site.files.version} {the_site.city}".encode(), digest_size=8)
    for path in _files():
        mark.update(path.read_bytes())
    return mark.hexdigest()


def _files() -> Iterable[Path]:
    return sorted(path for folder in CODE for path in (PROJECT / folder).rglob("*") if path.suffix in SUFFIXES)


def _is_ordinary_page(response: Response) -> bool:
    """A page that says nothing itself about how long it is good."""
    own = {"Cache-Control", "ETag", "Set-Cookie"} & set(response.headers.keys())
    return response.mimetype == "text/html" and not own and not is_private()


def _mark(edition: str) -> str | None:
    try:
        now = site().now()
        revision = site().keeper.current(now).revision
    except SQLAlchemyError:
        return None
    said = (edition, revision, _moment(now), request.full_path, request.headers.get("Cookie", ""),
            request.headers.get("HX-Request", ""))
    return blake2b(repr(said).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _moment(now: datetime) -> str:
    return f"{now:%Y-%m-%d %H}:{now.minute // MINUTES}"


def _marked(response: Response, mark: str) -> Response:
    # Weak: the packed page and the plain one are the same page.
    response.set_etag(mark, weak=True)
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(("Cookie", "Accept-Encoding"))
    return response


def _pack(response: Response) -> None:
    """Nothing that may not be stored is packed: beside a secret, a packed length tells about it (BREACH)."""
    if not (response.mimetype or "").startswith(PACKED_TYPES) or response.status_code in (204, 304):
        return
    response.vary.add("Accept-Encoding")
    if (response.is_streamed or response.direct_passthrough or "Content-Encoding" in response.headers
            or response.cache_control.no_store or not request.accept_encodings.quality("gzip") > 0):
        return
    plain = response.get_data()
    if len(plain) < LEAST_PACKED:
        return
    response.set_data(_packed_once(plain) if request.endpoint == STATIC else gzip.compress(plain, FAST, mtime=0))
    response.headers["Content-Encoding"] = "gzip"


@lru_cache(maxsize=64)
def _packed_once(content: bytes) -> bytes:
    """Static files are packed as small as they get, once a process."""
    return gzip.compress(content, SMALL, mtime=0)
