"""What did the records gain? Print jobs and what came back of them, groups' own links, applications that tell of themselves."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, String, Table, Text

from directory.db import CONSTRAINT_NAMES

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)

Table(
    "mailing", records,
    Column("id", Integer, primary_key=True), Column("kind", String(60), nullable=False),
    Column("made_at", DateTime, nullable=False), Column("made_by", String(400), nullable=False),
    Column("answer_by", Date, nullable=False),
)
Table(
    "mailing_item", records,
    Column("mailing_id", Integer, ForeignKey("mailing.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("listing_id", String(36), nullable=False, index=True), Column("outcome", String(60)),
    Column("came_back_at", DateTime),
)
Table(
    "update_link", records,
    Column("mark", String(64), primary_key=True), Column("listing_id", String(36), nullable=False, index=True),
    Column("mailing_id", Integer), Column("number", Integer), Column("made_at", DateTime, nullable=False),
    Column("expires_on", Date, nullable=False), Column("used_at", DateTime),
)
Table(
    "application", records,
    Column("mark", String(64), primary_key=True), Column("letter_id", String(36), index=True),
    Column("state", String(60), nullable=False), Column("reply", Text), Column("listing_id", String(36)),
    Column("made_at", DateTime, nullable=False), Column("changed_at", DateTime, nullable=False),
)


def upgrade() -> None:
    """Make the tables, and let the queue remember when somebody was answered."""
    records.create_all(op.get_bind())
    op.add_column("inbox_item", Column("answered_at", DateTime))


def downgrade() -> None:
    """Remove them."""
    with op.batch_alter_table("inbox_item") as table:
        table.drop_column("answered_at")
    records.drop_all(op.get_bind())
