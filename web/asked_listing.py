"""Which place does an address name? One the public may see; anything else is not found, or has moved."""

from flask import abort, redirect, url_for
from werkzeug.wrappers import Response as Redirect

from directory.db import read_session
from directory.listing import Listing
from directory.listings import Moved, public_listing
from web.site import site
from web.urls import is_identifier


def asked_listing(listing_id: str, endpoint: str) -> Listing | Redirect:
    """The place, closed ones too; one that was merged sends on for good to the same page (`endpoint`) of the other."""
    if not is_identifier(listing_id):
        abort(404)
    with read_session(site().engine) as session:
        found = public_listing(session, listing_id)
    if found is None:
        abort(404)
    if isinstance(found, Moved):
        return redirect(url_for(endpoint, listing_id=found.listing_id), 301)
    return found
