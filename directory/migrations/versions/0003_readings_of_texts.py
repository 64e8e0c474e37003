"""What did the records gain? A discardable cache of how the texts of the pages are read (ふりがな)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "text_reading",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("segments", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_text_reading")),
    )


def downgrade() -> None:
    """Remove it."""
    op.drop_table("text_reading")
