"""Is the database in the shape the code needs? `up` brings it there (and makes a new one), `status` tells.

    python -m scripts.migrate up
    python -m scripts.migrate new "roles get a season"      writes the next file of directory/migrations/versions
"""

import argparse
import os
import sys

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory import migrations
from directory.db import make_engine
from directory.errors import DirectoryError
from directory.settings import Settings


def main() -> None:
    """Read the command line and do what it says; what cannot be done is told in one sentence."""
    arguments = _command_line()
    try:
        _migrate(arguments, arguments.database or Settings.from_environment(os.environ).directory_database_url)
    except DirectoryError as error:
        sys.exit(str(error))
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        sys.exit("データベースにつながりません。--database か DIRECTORY_DATABASE_URL を確かめてください。")


def _command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.migrate", description=__doc__.splitlines()[0])
    parser.add_argument("--database", help="SQLAlchemy URL; the directory's database by default")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("up", help="bring the database to the newest shape")
    actions.add_parser("down", help="take it back").add_argument("revision", help="a revision, or base")
    actions.add_parser("status", help="say where it is")
    actions.add_parser("new", help="write a migration from the models").add_argument("message")
    return parser.parse_args()


def _migrate(arguments: argparse.Namespace, url: str) -> None:
    engine = make_engine(url)
    if arguments.action == "up":
        migrations.upgrade(engine)
    elif arguments.action == "down":
        migrations.downgrade(engine, arguments.revision)
    elif arguments.action == "new":
        migrations.write_migration(engine, arguments.message, f"{int(migrations.newest() or 0) + 1:04}")
    print(f"データベースの版: {migrations.current(engine) or '空'}（最新: {migrations.newest()}）")


if __name__ == "__main__":
    main()
