"""What do the tests of the public ways in share? A site with an inbox of its own, links, and a form sent from our own page."""

from datetime import datetime

from sqlalchemy import select

from directory.db import make_engine, read_session, write_session
from directory.inbox import Inbox
from directory.inbox.box import LETTERS
from directory.ways_in.links import make_links
from tests.web.conftest import Site

OURS = {"Sec-Fetch-Site": "same-origin"}
NOW = datetime(2026, 11, 24, 3)


def letters(inbox: Inbox) -> list[tuple[str, dict]]:
    with read_session(inbox._engine) as session:
        return [(row.kind, row.body) for row in session.execute(select(LETTERS))]


def links(site: Site, *listings: str, now: datetime = NOW) -> list[str]:
    engine = make_engine(site.settings.directory_database_url)
    with write_session(engine) as session:
        made = make_links(session, listings, now)
        session.commit()
    engine.dispose()
    return [link.token for link in made]


def post(client, path: str, form: dict[str, str], **more):
    return client.post(path, data=form, headers=OURS, **more)
