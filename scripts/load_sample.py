"""How do I fill an empty directory with the sample city?

    python -m scripts.load_sample            only when there is no listing yet
    python -m scripts.load_sample --reset    throw everything away and load anew
"""

import argparse
import os
import sys
from datetime import UTC, date, datetime

from sqlalchemy.exc import OperationalError, ProgrammingError
from tqdm import tqdm

from directory.db import make_engine, read_session
from directory.errors import DirectoryError
from directory.listings import read_listings
from directory.reading_store import remember_readings
from directory.sample import is_empty, load_sample
from directory.settings import Settings
from matcher.desk import open_desk
from matcher.sample import load_people
from scripts.create_staff import once

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, load, and say what is there now."""
    parser = argparse.ArgumentParser(prog="python -m scripts.load_sample", description=__doc__.splitlines()[0])
    parser.add_argument("--reset", action="store_true", help="empty the directory first")
    parser.add_argument("--today", type=date.fromisoformat, help="the day the dates of the sample count from")
    parser.add_argument("--database", help="SQLAlchemy URL; the directory's database by default")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment(os.environ)
        _load(options, settings)
        if not options.database:
            _load_people(settings)
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (OperationalError, ProgrammingError):
        print("データベースの準備ができていません。先に python -m scripts.migrate up を実行してください。", file=sys.stderr)
        return FAILED
    return 0


def _load(options: argparse.Namespace, settings: Settings) -> None:
    engine = make_engine(options.database or settings.directory_database_url)
    if not options.reset and not is_empty(engine):
        print("データベースにはもう掲載があります。そのまま使います（読みこみ直すときは --reset）。")
        return
    report = load_sample(
        engine, settings.data, today=options.today or settings.today or date.today(), reset=options.reset,
        now=datetime.now(UTC).replace(tzinfo=None),
        progress=lambda rows, total: tqdm(rows, total=total, desc="見本データ", unit="件", disable=None),
    )
    with read_session(engine) as session:
        remember_readings(engine, read_listings(session))
    print(f"見本データ: 団体 {report.organizations}、掲載 {report.listings}、役割 {report.roles}、町字 {report.towns}")


def _load_people(settings: Settings) -> None:
    """Beside the sample city, and with casework still empty: a worker and three fictional people to try the desk with."""
    desk = open_desk(settings)
    directory = make_engine(settings.directory_database_url)
    worker = load_people(desk, directory, datetime.now(UTC).replace(tzinfo=None))
    if worker is not None:
        print("\n  職員の机（支援と整備）をためすための、見本のアカウントと、架空の3人の記録を入れました。")
        print(once(worker.login_name, worker.password, worker.factors, qr=False))
        print(f"  なくしたときは: .venv/bin/python -m scripts.create_staff {worker.login_name} --reset --generate\n")


if __name__ == "__main__":
    sys.exit(main())
