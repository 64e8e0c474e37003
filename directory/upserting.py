"""How is a row written that may be there already? Both databases decide it by themselves, without a look beforehand."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

INSERTS: Mapping[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
ROWS_A_STATEMENT = 500


def insert_new(session: Session, table: Table, rows: Sequence[dict[str, object]]) -> set[str]:
    """Insert the rows that are not there yet; returns the first key column of those that were new."""
    insert, key = INSERTS[session.get_bind().dialect.name], next(iter(table.primary_key.columns))
    new: set[str] = set()
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        statement = insert(table).values(rows[start:start + ROWS_A_STATEMENT]).on_conflict_do_nothing()
        new.update(session.scalars(statement.returning(key)))
    return new


def add_counts(session: Session, table: Table, rows: Sequence[dict[str, object]], counts: Sequence[str]) -> None:
    """Insert the rows; where one is there already, the columns `counts` are added to it. No key may come twice."""
    insert, keys = INSERTS[session.get_bind().dialect.name], list(table.primary_key.columns)
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        statement = insert(table).values(rows[start:start + ROWS_A_STATEMENT])
        sums = {name: table.c[name] + statement.excluded[name] for name in counts}
        session.execute(statement.on_conflict_do_update(index_elements=keys, set_=sums))
