"""What did the records gain? The words a city changed since its files were written, and what a change was tried to do."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Column, DateTime, Integer, String, Table

from directory.db import CONSTRAINT_NAMES

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)


def _named() -> tuple[Column, ...]:
    return (
        Column("id", String(36), primary_key=True), Column("file", String(60), nullable=False),
        Column("entry", String(200), nullable=False), Column("field", String(60), nullable=False),
        Column("value", JSON, nullable=False), Column("made_at", DateTime, nullable=False),
        Column("made_by", String(400), nullable=False),
    )


Table("vocabulary_change", records, *_named(), sa.UniqueConstraint("file", "entry", "field"))
Table(
    "vocabulary_trial", records, *_named(), Column("version", String(60), nullable=False),
    Column("state", String(10), nullable=False), Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False), Column("result", JSON), Column("beat", DateTime, nullable=False),
)


def upgrade() -> None:
    """Make the tables."""
    records.create_all(op.get_bind())


def downgrade() -> None:
    """Remove them."""
    records.drop_all(op.get_bind())
