"""How does a database get the shape its models describe? Alembic, configured in code: no ini file.

The directory and the casework database each have a folder of migrations and one `Migrations` of it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData

from directory.errors import InvalidSettings


@dataclass(frozen=True)
class Migrations:
    """The migrations in `folder`, which lead to the tables of `metadata`."""

    folder: Path
    metadata: MetaData

    def upgrade(self, engine: Engine, revision: str = "head") -> None:
        """Bring the database up to `revision`, by default the newest; nothing happens when it is there already."""
        self._run(engine, command.upgrade, revision)

    def downgrade(self, engine: Engine, revision: str) -> None:
        """Take the database back to `revision`; `base` removes every table."""
        self._run(engine, command.downgrade, revision)

    def write_migration(self, engine: Engine, message: str, number: str) -> None:
        """Write the next migration file from what the models have and the database has not."""
        with self._configured(engine) as config:
            command.revision(config, message, autogenerate=True, rev_id=number)

    def current(self, engine: Engine) -> str | None:
        """The revision the database is at; None for an empty one."""
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def newest(self) -> str | None:
        """The revision the code needs."""
        return ScriptDirectory(str(self.folder)).get_current_head()

    def differences(self, engine: Engine) -> list:
        """What the models and the database do not agree about; empty when the migrations are complete."""
        with engine.connect() as connection:
            return compare_metadata(MigrationContext.configure(connection), self.metadata)

    def _run(self, engine: Engine, action: Callable[[Config, str], None], revision: str) -> None:
        with self._configured(engine) as config:
            try:
                action(config, revision)
            except CommandError as error:
                raise InvalidSettings(
                    f"データベースを版「{revision}」へ移せません（{error}）。"
                    "今の版は python -m scripts.migrate status でわかります。"
                ) from error

    @contextmanager
    def _configured(self, engine: Engine) -> Iterator[Config]:
        """One transaction around the whole: a migration that fails leaves the database as it was."""
        # SQLite rebuilds a table to change it; with foreign keys on, dropping the old one would delete its children's
        # rows.
        with engine.execution_options(immediate=True).connect() as connection:
            _foreign_keys(connection, on=False)
            try:
                with connection.begin():
                    config = Config()
                    config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
                    config.attributes["connection"] = connection
                    yield config
            finally:
                _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        # SQLite ignores this pragma inside a transaction, so it goes straight to the driver.
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
