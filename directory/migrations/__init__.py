"""Which shape should the database have, and how does it get there? Alembic, configured in code: no ini file."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from directory import models  # noqa: F401 — importing the models fills Base.metadata
from directory.db import Base
from directory.errors import InvalidSettings

FOLDER = Path(__file__).parent


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to `revision`, by default the newest; nothing happens when it is there already."""
    _run(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to `revision`; `base` removes every table."""
    _run(engine, command.downgrade, revision)


def write_migration(engine: Engine, message: str, number: str) -> None:
    """Write the next migration file from what the models have and the database has not."""
    with _configured(engine) as config:
        command.revision(config, message, autogenerate=True, rev_id=number)


def current(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision the code needs."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def differences(engine: Engine) -> list:
    """What the models and the database do not agree about; empty when the migrations are complete."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)


def _run(engine: Engine, action: Callable[[Config, str], None], revision: str) -> None:
    with _configured(engine) as config:
        try:
            action(config, revision)
        except CommandError as error:
            raise InvalidSettings(
                f"データベースを版「{revision}」へ移せません（{error}）。"
                "今の版は python -m scripts.migrate status でわかります。"
            ) from error


@contextmanager
def _configured(engine: Engine) -> Iterator[Config]:
    """One transaction around the whole: a migration that fails leaves the database as it was."""
    # SQLite rebuilds a table to change it; with foreign keys on, dropping the old one would delete its children's rows.
    with engine.execution_options(immediate=True).connect() as connection:
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                config = Config()
                config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
                config.attributes["connection"] = connection
                yield config
        finally:
            _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        # SQLite ignores this pragma inside a transaction, so it goes straight to the driver.
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
