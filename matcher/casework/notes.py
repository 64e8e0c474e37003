"""What else was said? Free texts, each under a label of its own that stays with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from directory.models.columns import new_id
from matcher.access import READ, WRITE
from matcher.casework.texts import text_of
from matcher.desk import Actor, Desk
from matcher.models import Note

LONGEST = 4_000


@dataclass(frozen=True)
class NoteKept:
    """A note; `label` says who may read it."""

    id: str
    label: str
    text: str
    written_at: datetime
    written_by: str


def write_note(
    desk: Desk, actor: Actor, participant_id: str, text: str, now: datetime, label: str | None = None
) -> str:
    """Keep a note under `label` (core by default, consented:conference, consented:host, support_conference:<id>).

    Returns its id. Raises InvalidRecord for an empty or endless text, NotFound, also for a label one may not use.
    """
    said = text_of(text, LONGEST, f"メモは{LONGEST}字までで書いてください。")
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, WRITE, "notes", label)
        note = Note(id=new_id(), participant_id=case.id, label=case.label, written_at=now, written_by=actor.staff_id)
        note.sealed = case.seal(Note, "sealed", note.id, said)
        work.session.add(note)
        return note.id


def notes(desk: Desk, actor: Actor, participant_id: str, now: datetime) -> tuple[NoteKept, ...]:
    """The notes this actor may read, newest first. Raises NotFound."""
    with desk.acting(actor, now) as work:
        case = work.open_case(participant_id, READ, "notes")
        rows = select(Note).where(Note.participant_id == case.id).order_by(Note.written_at.desc(), Note.id)
        return tuple(
            NoteKept(row.id, row.label, case.unseal(Note, "sealed", row.id, row.sealed), row.written_at, row.written_by)
            for row in work.session.scalars(rows) if case.may(READ, row.label))
