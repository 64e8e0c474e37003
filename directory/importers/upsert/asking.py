"""How does the importer ask a person? With a ChangeRequest: field by field, current and proposed."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import ChangeRequest, ChangeRequestField
from directory.models.columns import new_id
from directory.writing import Writing

OPEN, WITHDRAWN = "open", "withdrawn"


def ask(
    write: Writing, listing: str, reason: str, source: str, evidence: str, fields: Mapping[str, tuple[object, object]]
) -> dict[str, object]:
    """Queue one proposal; an older open one of the same kind for the listing is withdrawn by it. Returns both ids."""
    withdrawn = withdraw(write, listing, reason, source)
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
    return {"asked": request, "withdrawn": withdrawn}


def withdraw(write: Writing, listing: str, reason: str, source: str) -> list[str]:
    """The importer takes back its open question: the file answers it by itself. Returns what it took back."""
    open_ones = select(ChangeRequest).where(
        ChangeRequest.listing_id == listing, ChangeRequest.reason == reason, ChangeRequest.source_id == source,
        ChangeRequest.state == OPEN,
    )
    taken_back = []
    for request in write.session.scalars(open_ones):
        request.state = WITHDRAWN
        taken_back.append(request.id)
    return taken_back


def renames_asked(session: Session, source: str) -> dict[str, str]:
    """New key → state of the rename requests this source has already led to."""
    wanted = (
        select(ChangeRequestField.proposed, ChangeRequest.state).join(
            ChangeRequest, ChangeRequest.id == ChangeRequestField.change_request_id)
        .where(ChangeRequest.source_id == source, ChangeRequest.reason == "rename")
        .where(ChangeRequestField.field == "source_key")
        .order_by(ChangeRequest.created)
    )
    return {str(key): state for key, state in session.execute(wanted)}
