"""What did the records gain? The people who live in each area, and the listings that were begun because of a gap."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "population",
        sa.Column("id", sa.String(36), nullable=False), sa.Column("municipality", sa.String(60), nullable=False),
        sa.Column("name", sa.String(400), nullable=False), sa.Column("area", sa.String(60)),
        sa.Column("surveyed_on", sa.Date, nullable=False), sa.Column("total", sa.Integer, nullable=False),
        sa.Column("ages", sa.JSON, nullable=False), sa.Column("households", sa.Integer),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population")),
        sa.UniqueConstraint("municipality", "name", "surveyed_on", name=op.f("uq_population_municipality_name_surveyed_on")),
    )
    op.create_table(
        "gap_link",
        sa.Column("id", sa.String(36), nullable=False), sa.Column("area", sa.String(60), nullable=False),
        sa.Column("need", sa.String(60), nullable=False), sa.Column("weekday", sa.Integer),
        sa.Column("band", sa.String(60)), sa.Column("listing_id", sa.String(36), nullable=False),
        sa.Column("role_id", sa.String(36)), sa.Column("note", sa.Text),
        sa.Column("made_at", sa.DateTime, nullable=False), sa.Column("made_by", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["service_at_location.id"], name=op.f("fk_gap_link_listing_id"),
            ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["role_id"], ["role.id"], name=op.f("fk_gap_link_role_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_link")),
    )
    for column in ("area", "listing_id", "role_id"):
        op.create_index(op.f(f"ix_gap_link_{column}"), "gap_link", [column])


def downgrade() -> None:
    """Remove them."""
    op.drop_table("gap_link")
    op.drop_table("population")
