"""What do we keep about one person, and who stands beside them?"""

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.columns import Id, Moment, ShortText
from matcher.db import Base
from matcher.models.columns import Code, LabelText, Sealed, of_participant


class Participant(Base):
    """A person by code name. `label` is what the case was opened under: core (by consent) or a 支援会議."""

    __tablename__ = "participant"

    id: Mapped[Id]
    code_name: Mapped[str] = mapped_column(String(60), unique=True)
    label: Mapped[LabelText]
    opened_at: Mapped[Moment]
    opened_by: Mapped[str] = mapped_column(String(36))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime())
    # Who must not meet whom; there is always something here and always of the same length, so nobody sees whether
    confidential: Mapped[Sealed]


class CaseKey(Base):
    """The key of one case, itself sealed. Without this row nothing of the case can be read again."""

    __tablename__ = "case_key"

    participant_id: Mapped[str] = of_participant(primary_key=True)
    key_id: Mapped[Code]
    sealed: Mapped[Sealed]


class Consent(Base):
    """同意: to what (internal 庁内, conference 会議, host 受入先), since when, given by whom; withdrawn: no more."""

    __tablename__ = "consent"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    scope: Mapped[Code]
    given_on: Mapped[date] = mapped_column(Date)
    # person 本人, family 家族, guardian 後見人など
    given_by: Mapped[Code]
    # paper 書面, spoken 口頭
    how: Mapped[Code]
    recorded_by: Mapped[str] = mapped_column(String(36))
    recorded_at: Mapped[Moment]
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime())


class Assignment(Base):
    """担当: this member of staff works with this person from then until then."""

    __tablename__ = "assignment"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    staff_id: Mapped[str] = mapped_column(String(36), ForeignKey("staff.id"), index=True)
    since: Mapped[Moment]
    until: Mapped[datetime | None] = mapped_column(DateTime())


class Answer(Base):
    """What was heard about one field, in one room: a value, 「聞けなかった」, or empty again. One row a label."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("participant_id", "field", "label"),)

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    field: Mapped[str] = mapped_column(String(60))
    label: Mapped[LabelText]
    # value and 聞けなかった both lie inside, so not even that shows
    sealed: Mapped[Sealed]
    version: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[Moment]
    changed_by: Mapped[str] = mapped_column(String(36))


class Note(Base):
    """A free text about the person, labelled by itself."""

    __tablename__ = "note"

    id: Mapped[Id]
    participant_id: Mapped[str] = of_participant()
    label: Mapped[LabelText]
    sealed: Mapped[Sealed]
    written_at: Mapped[Moment]
    written_by: Mapped[str] = mapped_column(String(36))


class Conference(Base):
    """kind: support 支援会議 (no consent, 守秘義務) or consented 重層的支援会議."""

    __tablename__ = "conference"

    id: Mapped[Id]
    kind: Mapped[Code]
    name: Mapped[ShortText]
    created_at: Mapped[Moment]


class ConferenceMember(Base):
    """Who sits in a conference."""

    __tablename__ = "conference_member"

    id: Mapped[Id]
    conference_id: Mapped[str] = mapped_column(String(36), ForeignKey("conference.id"), index=True)
    staff_id: Mapped[str] = mapped_column(String(36), ForeignKey("staff.id"), index=True)
    since: Mapped[Moment]
    until: Mapped[datetime | None] = mapped_column(DateTime())


class ConferenceCase(Base):
    """Whose case a conference speaks about."""

    __tablename__ = "conference_case"

    id: Mapped[Id]
    conference_id: Mapped[str] = mapped_column(String(36), ForeignKey("conference.id"), index=True)
    participant_id: Mapped[str] = of_participant()
    since: Mapped[Moment]
    until: Mapped[datetime | None] = mapped_column(DateTime())
