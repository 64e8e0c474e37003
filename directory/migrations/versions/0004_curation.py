"""What did the records gain? What people decide at the curation desk: acts that can be undone, calls, duties, drafts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Column, Date, DateTime, ForeignKey, Integer, String, Table, Text

from directory.db import CONSTRAINT_NAMES

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)

Table(
    "curation_act", records,
    Column("id", String(36), primary_key=True), Column("kind", String(60), nullable=False),
    Column("made_by", String(400), nullable=False), Column("why", String(400), nullable=False),
    Column("made_at", DateTime, nullable=False, index=True), Column("revision", Integer, nullable=False, index=True),
    Column("changes", JSON, nullable=False), Column("undoes", String(36)),
    Column("change_request_id", String(36), index=True), Column("undone_at", DateTime), Column("undone_by", String(400)),
)
Table(
    "act_row", records,
    Column("act_id", String(36), ForeignKey("curation_act.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True), Column("record_type", String(60), nullable=False),
    Column("key", JSON, nullable=False), Column("owner_id", String(36), nullable=False), Column("before", JSON),
    Column("after", JSON),
)
Table(
    "field_mark", records,
    Column("record_id", String(36), primary_key=True), Column("field", String(60), primary_key=True),
    Column("record_type", String(60), nullable=False), Column("made_at", DateTime, nullable=False),
)
Table(
    "edit_draft", records,
    Column("listing_id", String(36), primary_key=True), Column("staff_id", String(36), primary_key=True),
    Column("version", Integer, nullable=False), Column("typed", JSON, nullable=False),
    Column("saved_at", DateTime, nullable=False),
)
Table(
    "area_duty", records,
    Column("area_kind", String(60), primary_key=True), Column("area_name", String(200), primary_key=True),
    Column("staff_id", String(36), primary_key=True), Column("staff_name", String(400), nullable=False),
    Column("since", DateTime, nullable=False),
)
Table(
    "hand_over", records,
    Column("id", String(36), primary_key=True), Column("made_at", DateTime, nullable=False),
    Column("made_by", String(400), nullable=False), Column("from_name", String(400), nullable=False),
    Column("to_name", String(400), nullable=False), Column("areas", JSON, nullable=False),
    Column("note", Text, nullable=False),
)
Table(
    "set_aside", records,
    Column("kind", String(60), primary_key=True), Column("key", String(120), primary_key=True),
    Column("made_by", String(400), nullable=False), Column("made_at", DateTime, nullable=False),
    Column("why", String(400), nullable=False), Column("until", Date),
)


def proposal_columns() -> tuple[Column, ...]:
    """What a proposal can say besides."""
    return (
        Column("made_by", String(400)), Column("letter_id", String(36)),
        Column("version", Integer, nullable=False, server_default="1"), Column("decided_at", DateTime),
        Column("decided_by", String(400)), Column("act_id", String(36)),
    )


def upgrade() -> None:
    """Make the tables, and let a proposal say who decided what."""
    records.create_all(op.get_bind())
    op.create_table(
        "contact_attempt",
        Column("id", String(36), nullable=False), Column("listing_id", String(36), nullable=False),
        Column("made_at", DateTime, nullable=False), Column("made_by", String(400), nullable=False),
        Column("how", String(60), nullable=False), Column("outcome", String(60), nullable=False),
        Column("minutes", Integer), Column("note", Text), Column("again_on", Date),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_attempt")),
        sa.ForeignKeyConstraint(["listing_id"], ["service_at_location.id"], ondelete="CASCADE",
                                name=op.f("fk_contact_attempt_listing_id")),
    )
    for name in ("listing_id", "made_at"):
        op.create_index(op.f(f"ix_contact_attempt_{name}"), "contact_attempt", [name])
    with op.batch_alter_table("change_request") as table:
        table.alter_column("listing_id", existing_type=String(36), nullable=True)
        for column in proposal_columns():
            table.add_column(column)
        table.create_index(op.f("ix_change_request_letter_id"), ["letter_id"])
    with op.batch_alter_table("change_request_field") as table:
        table.add_column(Column("decided", JSON))
        table.add_column(Column("reason", String(400)))


def downgrade() -> None:
    """Remove them; proposals of new listings go, for they have no place any more."""
    op.execute(sa.text("DELETE FROM change_request WHERE listing_id IS NULL"))
    with op.batch_alter_table("change_request_field") as table:
        table.drop_column("reason")
        table.drop_column("decided")
    with op.batch_alter_table("change_request") as table:
        table.drop_index(op.f("ix_change_request_letter_id"))
        for column in reversed(proposal_columns()):
            table.drop_column(column.name)
        table.alter_column("listing_id", existing_type=String(36), nullable=False)
    op.drop_table("contact_attempt")
    records.drop_all(op.get_bind())
