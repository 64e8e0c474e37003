"""What did the records gain? Who changed a word, when and why; a change holds all fields of its entry, not one list."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import JSON, Column, DateTime, Integer, String, Table

from directory.db import CONSTRAINT_NAMES

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

records = sa.MetaData(naming_convention=CONSTRAINT_NAMES)
ACTS = Table(
    "vocabulary_act", records, Column("id", String(36), primary_key=True), Column("file", String(60), nullable=False),
    Column("entry", String(200), nullable=False), Column("label", String(400), nullable=False), Column("before", JSON),
    Column("after", JSON), Column("moved", JSON, nullable=False),
    Column("revision", Integer, nullable=False, index=True), Column("made_at", DateTime, nullable=False),
    Column("made_by", String(400), nullable=False), Column("why", String(400), nullable=False),
    Column("undoes", String(36), index=True),
)
CHANGES = sa.table("vocabulary_change", sa.column("id", String), sa.column("file", String), sa.column("field", String),
                   sa.column("value", JSON))
CHANGED, NEW = "changed", "new"
# Which list of an entry a change stood for before.
LIST_OF = {
    "kinds.yml": "synonyms", "needs.yml": "synonyms", "attributes.yml": "synonyms", "everyday_words.yml": "also",
    "urgent.yml": "phrases", "place_readings.yml": "typed",
}


def upgrade() -> None:
    """Make the table; a changed list becomes the changed field of its entry. Trials of before cannot be saved any more."""
    link = op.get_bind()
    records.create_all(link)
    with op.batch_alter_table("vocabulary_trial") as table:
        table.add_column(Column("undoes", String(36)))
        table.alter_column("value", existing_type=JSON, nullable=True)
    op.execute("DELETE FROM vocabulary_trial")
    for row in link.execute(sa.select(CHANGES).where(CHANGES.c.field.not_in((NEW, CHANGED)))).all():
        link.execute(CHANGES.update().where(CHANGES.c.id == row.id).values(field=CHANGED, value={row.field: row.value}))


def downgrade() -> None:
    """Remove it; of a changed entry only its list is kept."""
    link = op.get_bind()
    for row in link.execute(sa.select(CHANGES).where(CHANGES.c.field == CHANGED)).all():
        name = LIST_OF[row.file]
        here = CHANGES.c.id == row.id
        if name in row.value:
            link.execute(CHANGES.update().where(here).values(field=name, value=row.value[name]))
        else:
            link.execute(CHANGES.delete().where(here))
    op.execute("DELETE FROM vocabulary_trial")
    with op.batch_alter_table("vocabulary_trial") as table:
        table.drop_column("undoes")
        table.alter_column("value", existing_type=JSON, nullable=False)
    records.drop_all(link)
