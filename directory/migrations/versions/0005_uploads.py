"""What did the records gain? Lists put on the curation desk, and their rows before anybody confirms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Column, DateTime, ForeignKey, Integer, LargeBinary, String, Table, Text

from directory.db import CONSTRAINT_NAMES

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)


def of_upload() -> Column:
    """What belongs to an upload goes with it."""
    return Column("upload_id", String(36), ForeignKey("upload.id", ondelete="CASCADE"), primary_key=True)


Table(
    "upload", records,
    Column("id", String(36), primary_key=True), Column("file_name", String(400), nullable=False),
    Column("source_name", String(400), nullable=False), Column("state", String(60), nullable=False, index=True),
    Column("version", Integer, nullable=False), Column("made_by", String(400), nullable=False),
    Column("staff_id", String(36), nullable=False), Column("made_at", DateTime, nullable=False, index=True),
    Column("problem", Text), Column("found", JSON, nullable=False), Column("choices", JSON, nullable=False),
    Column("counts", JSON, nullable=False), Column("agreed", String(64)),
    Column("begun_at", DateTime), Column("confirmed_by", String(400)), Column("finished_at", DateTime),
    Column("act_id", String(36)),
)
Table("upload_file", records, of_upload(), Column("content", LargeBinary, nullable=False))
Table(
    "upload_row", records, of_upload(), Column("position", Integer, primary_key=True),
    Column("kind", String(60), nullable=False), Column("sheet", String(400), nullable=False),
    Column("row_number", Integer), Column("unit", String(60), nullable=False),
    Column("key", String(400), nullable=False), Column("name", String(400), nullable=False),
    Column("listing_id", String(36)), Column("says", JSON, nullable=False), Column("writes", JSON, nullable=False),
    Column("asks", JSON, nullable=False), Column("findings", JSON, nullable=False), Column("likely", JSON, nullable=False),
    Column("decision", String(10)), Column("merge_into", String(36)),
)


def upgrade() -> None:
    """Make the tables."""
    records.create_all(op.get_bind())


def downgrade() -> None:
    """Remove them."""
    records.drop_all(op.get_bind())
