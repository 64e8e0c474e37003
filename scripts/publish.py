"""How do the public pages get their data? A snapshot of published rows and public fields goes into another database.

    python -m scripts.publish sqlite:///instance/public.db
    DIRECTORY_DATABASE_URL=sqlite:///instance/public.db YORIDOKORO_MODE=public gunicorn -c web/gunicorn.py web.wsgi:app
"""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory.db import make_engine
from directory.errors import DirectoryError
from directory.publishing import PublishReport, publish
from directory.reading_store import remember_changed
from directory.settings import Settings
from directory.vocabulary import load_vocabulary

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, publish, and say what the public can see now."""
    parser = argparse.ArgumentParser(prog="python -m scripts.publish", description=__doc__.splitlines()[0])
    parser.add_argument("target", help="SQLAlchemy URL of the public database: empty, or an earlier snapshot")
    parser.add_argument("--database", help="SQLAlchemy URL; the directory's database by default")
    options = parser.parse_args(arguments)
    return finished(
        lambda: as_text(_publish(options, Settings.from_environment(os.environ))),
        "データベースを読み書きできません。公開先と --database を確かめ、元のほうは先に python -m scripts.migrate up を実行してください。",
    )


def finished(work: Callable[[], str], unreachable: str) -> int:
    """Do the work and print its report; returns the exit code. `unreachable` is said of databases that do not answer."""
    try:
        print(work())
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        print(unreachable, file=sys.stderr)
        return FAILED
    return 0


def as_text(report: PublishReport) -> str:
    """The report as a person reads it."""
    lines = [
        f"公開しました: 掲載 {report.published}件、終わった場所 {report.closed}件、まとめた先への案内 {report.moved}件",
        f"前回から変わった掲載: {report.changed}件（公開の版 {report.revision}）",
    ]
    if not report.settled:
        lines.append("読んでいる人がいたため、前の内容の跡がまだファイルに残っています。次に公開するときに消えます。")
    return "\n".join(lines)


def _publish(options: argparse.Namespace, settings: Settings) -> PublishReport:
    source = make_engine(options.database or settings.directory_database_url)
    target = make_engine(options.target)
    try:
        vocabulary = load_vocabulary(settings.data / "vocabulary")
        report = publish(source, target, vocabulary, now=datetime.now(UTC).replace(tzinfo=None))
        # Readings of texts that were published before are still there.
        remember_changed(target, since=0)
        return report
    finally:
        source.dispose()
        target.dispose()


if __name__ == "__main__":
    sys.exit(main())
