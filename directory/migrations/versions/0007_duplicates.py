"""What did the records gain? Pairs of listings that look like one, what a person decided about them, and merges."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, String

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PAIRS = ("duplicate_decision", "duplicate_pair")


def upgrade() -> None:
    """Make the tables."""
    _make_pairs("duplicate_pair", Column("score", Float, nullable=False), Column("likely", Boolean, nullable=False),
                Column("evidence", JSON, nullable=False))
    _make_pairs("duplicate_decision", Column("why", String(400)), Column("made_by", String(400), nullable=False),
                Column("made_at", DateTime, nullable=False))
    op.create_table(
        "duplicate_search",
        Column("id", Integer, autoincrement=False, nullable=False), Column("revision", Integer, nullable=False),
        Column("made_at", DateTime, nullable=False), sa.PrimaryKeyConstraint("id", name=op.f("pk_duplicate_search")),
    )
    op.create_table(
        "listing_merge",
        Column("id", String(36), nullable=False), Column("winner_id", String(36), nullable=False),
        Column("loser_id", String(36), nullable=False), Column("made_by", String(400), nullable=False),
        Column("made_at", DateTime, nullable=False), Column("before", JSON, nullable=False),
        Column("after", JSON, nullable=False), Column("moved", JSON, nullable=False), Column("act_id", String(36)),
        Column("unmerged_at", DateTime), Column("unmerged_by", String(400)),
        *(_listing("listing_merge", column) for column in ("winner_id", "loser_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing_merge")),
    )
    for column in ("winner_id", "loser_id"):
        op.create_index(op.f(f"ix_listing_merge_{column}"), "listing_merge", [column])


def downgrade() -> None:
    """Remove them."""
    for table in ("listing_merge", "duplicate_search", *PAIRS):
        op.drop_table(table)


def _make_pairs(table: str, *columns: Column) -> None:
    op.create_table(
        table, Column("first_id", String(36), nullable=False), Column("second_id", String(36), nullable=False), *columns,
        *(_listing(table, column) for column in ("first_id", "second_id")),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_second_id"), table, ["second_id"])


def _listing(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], ["service_at_location.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
