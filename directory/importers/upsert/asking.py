"""How does the importer ask a person? With a ChangeRequest: field by field, current and proposed."""

from collections.abc import Mapping

from sqlalchemy import select

from directory.models import ChangeRequest, ChangeRequestField
from directory.models.columns import new_id
from directory.writing import Writing

OPEN, WITHDRAWN = "open", "withdrawn"


def ask(
    write: Writing, listing: str, reason: str, source: str, evidence: str, fields: Mapping[str, tuple[object, object]]
) -> None:
    """Queue one proposal; an older open one of the same kind for the listing is withdrawn by it."""
    withdraw(write, listing, reason, source)
    request = new_id()
    write.insert_rows(ChangeRequest, [{
        "id": request, "listing_id": listing, "reason": reason, "source_id": source, "evidence": evidence,
        "state": OPEN, "created": write.now,
    }])
    write.insert_rows(ChangeRequestField, [
        {"change_request_id": request, "field": field[:60], "current": current, "proposed": proposed}
        for field, (current, proposed) in fields.items()
    ])
    # A question changes no listing, but it is part of the history.
    write.note_added(ChangeRequest.__tablename__, [request])


def withdraw(write: Writing, listing: str, reason: str, source: str) -> None:
    """The importer takes back its open question: the file answers it by itself."""
    open_ones = select(ChangeRequest).where(
        ChangeRequest.listing_id == listing, ChangeRequest.reason == reason, ChangeRequest.source_id == source,
        ChangeRequest.state == OPEN,
    )
    for request in write.session.scalars(open_ones):
        request.state = WITHDRAWN


def renames_asked(write: Writing, source: str) -> dict[str, str]:
    """New key → state of the rename requests this source has already led to."""
    wanted = (
        select(ChangeRequestField.proposed, ChangeRequest.state).join(
            ChangeRequest, ChangeRequest.id == ChangeRequestField.change_request_id)
        .where(ChangeRequest.source_id == source, ChangeRequest.reason == "rename")
        .where(ChangeRequestField.field == "source_key")
        .order_by(ChangeRequest.created)
    )
    return {str(key): state for key, state in write.session.execute(wanted)}
