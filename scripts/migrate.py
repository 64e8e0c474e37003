"""Are the databases in the shape the code needs? `up` brings them there (and makes new ones), `status` tells.

    python -m scripts.migrate up                            the directory and casework
    python -m scripts.migrate new "roles get a season"      writes the next file of directory/migrations/versions
    python -m scripts.migrate --casework new "…"            the same for casework, in matcher/migrations/versions
"""

import argparse
import os
import sys

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory import migrations as directory_migrations
from directory.db import make_engine
from directory.errors import DirectoryError
from directory.migrating import Migrations
from directory.settings import Settings
from matcher import migrations as casework_migrations


def main() -> None:
    """Read the command line and do what it says; what cannot be done is told in one sentence."""
    arguments = _command_line()
    try:
        for migrations, url in _databases(arguments, Settings.from_environment(os.environ)):
            _migrate(arguments, migrations, url)
    except DirectoryError as error:
        sys.exit(str(error))
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        sys.exit("データベースにつながりません。--database か DIRECTORY_DATABASE_URL を確かめてください。")


def _command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.migrate", description=__doc__.splitlines()[0])
    parser.add_argument("--database", help="SQLAlchemy URL of the one database to work on")
    parser.add_argument("--casework", action="store_true", help="work on the casework database only")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("up", help="bring the database to the newest shape")
    actions.add_parser("down", help="take it back").add_argument("revision", help="a revision, or base")
    actions.add_parser("status", help="say where it is")
    actions.add_parser("new", help="write a migration from the models").add_argument("message")
    return parser.parse_args()


def _databases(arguments: argparse.Namespace, settings: Settings) -> list[tuple[Migrations, str]]:
    """Which databases are meant: both for `up` and `status`, else one, the directory's if nothing else is said."""
    directory = (directory_migrations.MIGRATIONS, arguments.database or settings.directory_database_url)
    casework = (casework_migrations.MIGRATIONS, arguments.database or settings.casework_database_url)
    if arguments.casework:
        return [casework]
    both = arguments.action in ("up", "status") and not arguments.database
    return [directory, casework] if both else [directory]


def _migrate(arguments: argparse.Namespace, migrations: Migrations, url: str) -> None:
    engine = make_engine(url)
    if arguments.action == "up":
        migrations.upgrade(engine)
    elif arguments.action == "down":
        migrations.downgrade(engine, arguments.revision)
    elif arguments.action == "new":
        migrations.write_migration(engine, arguments.message, f"{int(migrations.newest() or 0) + 1:04}")
    name = "ケースワークのデータベースの版" if migrations is casework_migrations.MIGRATIONS else "データベースの版"
    print(f"{name}: {migrations.current(engine) or '空'}（最新: {migrations.newest()}）")


if __name__ == "__main__":
    main()
