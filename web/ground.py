"""What lies under the pins of every map? Town names and the boundary, read once an edition of the catalog."""

from hashlib import sha256

from flask import current_app

from directory.catalog import Catalog
from directory.db import read_session
from directory.outlines import read_outlines
from web.presenters.maps import Ground
from web.site import site
from web.tiles import Tiles


def ground() -> Ground:
    """The ground of the edition in force."""
    return site().keeper.current(site().now()).once(_read)


def map_tiles() -> Tiles | None:
    """The pictures under the map, where the installation wants any."""
    return current_app.extensions["map_tiles"]


def _read(catalog: Catalog) -> Ground:
    with read_session(site().engine) as session:
        outlines = read_outlines(session)
    towns = tuple(catalog.places.values())
    content = repr(towns).encode() + b"".join(ring.tobytes() for ring in outlines.rings)
    return Ground(towns, outlines, sha256(content).hexdigest()[:12])
