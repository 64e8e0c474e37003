"""Which tables did casework begin with? All of them, as they first were: never edited, only followed by others."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, ForeignKey, Integer, LargeBinary, String, Table

from directory.db import CONSTRAINT_NAMES

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)


def of_participant() -> ForeignKey:
    """What belongs to a participant goes with them."""
    return ForeignKey("participant.id", ondelete="CASCADE")


Table(
    "audit_entry", records,
    Column("number", Integer, primary_key=True, autoincrement=False), Column("at", DateTime, nullable=False),
    Column("staff_id", String(36), nullable=False, index=True), Column("act", String(20), nullable=False),
    Column("what", String(20), nullable=False), Column("participant_id", String(36), nullable=False, index=True),
    Column("label", String(60), nullable=False), Column("mac", String(64), nullable=False),
)
Table(
    "audit_head", records,
    Column("id", Integer, primary_key=True, autoincrement=False), Column("number", Integer, nullable=False),
    Column("mac", String(64), nullable=False),
)
Table(
    "conference", records,
    Column("id", String(36), primary_key=True), Column("kind", String(20), nullable=False),
    Column("name", String(400), nullable=False), Column("created_at", DateTime, nullable=False),
)
Table(
    "participant", records,
    Column("id", String(36), primary_key=True), Column("code_name", String(60), nullable=False, unique=True),
    Column("label", String(60), nullable=False), Column("opened_at", DateTime, nullable=False),
    Column("opened_by", String(36), nullable=False), Column("closed_at", DateTime),
    Column("confidential", LargeBinary, nullable=False),
)
Table(
    "sign_in_try", records,
    Column("id", String(36), primary_key=True), Column("account", String(64), nullable=False, index=True),
    Column("origin", String(64), nullable=False, index=True), Column("at", DateTime, nullable=False, index=True),
    Column("step", String(20), nullable=False), Column("succeeded", Boolean, nullable=False),
)
Table(
    "staff", records,
    Column("id", String(36), primary_key=True), Column("login_name", String(60), nullable=False, unique=True),
    Column("display_name", String(400), nullable=False), Column("roles", JSON, nullable=False),
    Column("listing_id", String(36)), Column("password_hash", String(400), nullable=False),
    Column("totp_secret", LargeBinary), Column("totp_step", Integer, nullable=False),
    Column("created_at", DateTime, nullable=False), Column("disabled_at", DateTime),
)
Table(
    "answer", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("field", String(60), nullable=False), Column("label", String(60), nullable=False),
    Column("sealed", LargeBinary, nullable=False), Column("version", Integer, nullable=False),
    Column("changed_at", DateTime, nullable=False), Column("changed_by", String(36), nullable=False),
    sa.UniqueConstraint("participant_id", "field", "label"),
)
Table(
    "assignment", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("staff_id", String(36), ForeignKey("staff.id"), nullable=False, index=True),
    Column("since", DateTime, nullable=False), Column("until", DateTime),
)
Table(
    "case_key", records,
    Column("participant_id", String(36), of_participant(), primary_key=True),
    Column("key_id", String(20), nullable=False), Column("sealed", LargeBinary, nullable=False),
)
Table(
    "choice", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("label", String(60), nullable=False), Column("made_at", DateTime, nullable=False),
    Column("made_by", String(36), nullable=False), Column("sealed", LargeBinary, nullable=False),
)
Table(
    "conference_case", records,
    Column("id", String(36), primary_key=True),
    Column("conference_id", String(36), ForeignKey("conference.id"), nullable=False, index=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("since", DateTime, nullable=False), Column("until", DateTime),
)
Table(
    "conference_member", records,
    Column("id", String(36), primary_key=True),
    Column("conference_id", String(36), ForeignKey("conference.id"), nullable=False, index=True),
    Column("staff_id", String(36), ForeignKey("staff.id"), nullable=False, index=True),
    Column("since", DateTime, nullable=False), Column("until", DateTime),
)
Table(
    "consent", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("scope", String(20), nullable=False), Column("given_on", Date, nullable=False),
    Column("given_by", String(20), nullable=False), Column("how", String(20), nullable=False),
    Column("recorded_by", String(36), nullable=False), Column("recorded_at", DateTime, nullable=False),
    Column("withdrawn_at", DateTime),
)
Table(
    "enquiry", records,
    Column("item_id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("label", String(60), nullable=False), Column("asked_by", String(36), nullable=False),
    Column("asked_at", DateTime, nullable=False),
)
Table(
    "note", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("label", String(60), nullable=False), Column("sealed", LargeBinary, nullable=False),
    Column("written_at", DateTime, nullable=False), Column("written_by", String(36), nullable=False),
)
Table(
    "placement", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("label", String(60), nullable=False), Column("listing_id", String(36), nullable=False, index=True),
    Column("role_id", String(36)), Column("stage", String(20), nullable=False),
    Column("made_by", String(36), nullable=False), Column("made_at", DateTime, nullable=False),
    Column("changed_at", DateTime, nullable=False), Column("version", Integer, nullable=False),
)
Table(
    "printed_code", records,
    Column("mac", String(64), primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("used_at", DateTime),
)
Table(
    "recommendation", records,
    Column("id", String(36), primary_key=True),
    Column("participant_id", String(36), of_participant(), nullable=False, index=True),
    Column("label", String(60), nullable=False), Column("made_at", DateTime, nullable=False),
    Column("made_by", String(36), nullable=False), Column("weights_version", String(64), nullable=False),
    Column("shown", LargeBinary, nullable=False), Column("override", LargeBinary),
)
Table(
    "staff_session", records,
    Column("id", String(64), primary_key=True),
    Column("staff_id", String(36), ForeignKey("staff.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", String(20), nullable=False), Column("started_at", DateTime, nullable=False),
    Column("failures", Integer, nullable=False), Column("last_seen", DateTime, nullable=False),
    Column("ended_at", DateTime),
)
Table(
    "hold", records,
    Column("placement_id", String(36), ForeignKey("placement.id", ondelete="CASCADE"), primary_key=True),
    Column("listing_id", String(36), nullable=False, index=True), Column("since", DateTime, nullable=False),
    Column("until", DateTime, nullable=False), Column("released_at", DateTime),
)
Table(
    "placement_step", records,
    Column("id", String(36), primary_key=True),
    Column("placement_id", String(36), ForeignKey("placement.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("stage", String(20), nullable=False), Column("at", DateTime, nullable=False),
    Column("by", String(36), nullable=False), Column("note", LargeBinary),
)


def upgrade() -> None:
    """Make every table; the chain of the trail begins with a row to lock."""
    records.create_all(op.get_bind())
    op.execute("INSERT INTO audit_head (id, number, mac) VALUES (1, 0, '')")


def downgrade() -> None:
    """Remove every table."""
    records.drop_all(op.get_bind())
