"""What did the records gain? The snapshot's mark, the queue of what visitors sent, and counts of use and demand."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, String, Table

from directory.db import CONSTRAINT_NAMES

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)

Table(
    "publication", records,
    Column("id", Integer, primary_key=True, autoincrement=False), Column("source_revision", Integer, nullable=False),
    Column("published_at", DateTime, nullable=False),
)
Table(
    "inbox_item", records,
    Column("id", String(36), primary_key=True), Column("kind", String(60), nullable=False, index=True),
    Column("state", String(10), nullable=False, index=True), Column("made_at", DateTime, nullable=False),
    Column("pulled_at", DateTime, nullable=False), Column("body", JSON, nullable=False),
)
Table(
    "inbox_receipt", records,
    Column("id", String(36), primary_key=True), Column("pulled_at", DateTime, nullable=False, index=True),
)
Table(
    "viewer_mark", records,
    Column("month", String(7), primary_key=True), Column("mark", String(16), primary_key=True),
)
Table(
    "viewer_month", records,
    Column("month", String(7), primary_key=True), Column("viewers", Integer, nullable=False),
    Column("since", Date, nullable=False), Column("closed", Boolean, nullable=False),
)
Table(
    "page_views", records,
    Column("month", String(7), primary_key=True), Column("page", String(20), primary_key=True),
    Column("views", Integer, nullable=False),
)
Table(
    "demand_count", records,
    Column("day", Date, primary_key=True), Column("area", String(60), primary_key=True),
    Column("parameter", String(60), primary_key=True), Column("term", String(60), primary_key=True),
    Column("searches", Integer, nullable=False), Column("empty", Integer, nullable=False),
)


def upgrade() -> None:
    """Make the tables."""
    records.create_all(op.get_bind())


def downgrade() -> None:
    """Remove them."""
    records.drop_all(op.get_bind())
