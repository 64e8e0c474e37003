"""What did the records gain? The copy of an uploaded list with what becomes of each row, made in the background."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("upload_file", sa.Column("copy", sa.LargeBinary))


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("upload_file") as table:
        table.drop_column("copy")
