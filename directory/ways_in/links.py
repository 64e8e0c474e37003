"""A group's own link: to which listing does a token lead, and is it still good? Good once, until its day.

The public site reads the hashes of tokens from the snapshot; a letter that uses one brings the token itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from directory.japan_time import in_japan
from directory.models import UpdateLink
from directory.ways_in.proofs import TOKEN, mark_of, new_token

# How long a group has time to answer; printed on the postcard.
DAYS_GOOD = 60
LETTERS = UUID("5a0d1c3e-8c55-5f0c-9d0b-7c9c53a1f6b2")
GOOD, USED, EXPIRED = "good", "used", "expired"
SAME, CHANGED = "same", "changed"


@dataclass(frozen=True)
class Link:
    """What a token opens: a listing, and whether it still does. `state`: good, used or expired."""

    mark: str
    listing_id: str
    state: str
    expires_on: date


@dataclass(frozen=True)
class NewLink:
    """A link just made. The token is told this once."""

    listing_id: str
    token: str
    expires_on: date


def make_links(
    session: Session, listing_ids: Sequence[str], now: datetime, *, mailing_id: int | None = None
) -> list[NewLink]:
    """One link for each listing, in the order given; numbers count from 1 in a mailing."""
    expires = in_japan(now).date() + timedelta(days=DAYS_GOOD)
    made = [NewLink(listing_id, new_token(), expires) for listing_id in listing_ids]
    session.add_all(
        UpdateLink(mark=mark_of(link.token), listing_id=link.listing_id, mailing_id=mailing_id, made_at=now,
                   number=number if mailing_id is not None else None, expires_on=expires)
        for number, link in enumerate(made, 1))
    return made


def find_link(session: Session, token: str, today: date) -> Link | None:
    """What this token opens today; None for one that never was, or that is long over."""
    if not TOKEN.fullmatch(token):
        return None
    row = session.get(UpdateLink, mark_of(token))
    if row is None:
        return None
    state = USED if row.used_at is not None else EXPIRED if today > row.expires_on else GOOD
    return Link(row.mark, row.listing_id, state, row.expires_on)


def letter_id(token: str, answer: str, changes: Mapping[str, str], words: str) -> str:
    """The same letter for the same answer: pressing twice sends one."""
    return str(uuid5(LETTERS, repr((mark_of(token), answer, sorted(changes.items()), words))))
