"""What does the public site tell those who wrote to the city? Where an application stands, and which links are good.

Both under the hash of a number or a token that only the writer has; nothing of what they wrote.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import Application, UpdateLink
from directory.publishing.snapshot import Snapshot


def answers_of(session: Session, meant: Snapshot) -> Mapping[type, list[dict[str, object]]]:
    """Rows by table; a link and a page only of what the public may know."""
    known = meant.listings.keys() | meant.moved.keys()
    return {
        Application: [
            {"mark": row.mark, "letter_id": None, "state": row.state, "reply": row.reply, "made_at": row.made_at,
             "changed_at": row.changed_at, "listing_id": row.listing_id if row.listing_id in known else None}
            for row in session.scalars(select(Application).order_by(Application.mark))],
        UpdateLink: [
            {"mark": row.mark, "listing_id": row.listing_id, "mailing_id": None, "number": None, "made_at": row.made_at,
             "expires_on": row.expires_on, "used_at": row.used_at}
            for row in session.scalars(select(UpdateLink).order_by(UpdateLink.mark)) if row.listing_id in known],
    }
