"""How much is the site used, and what is looked for? 月間閲覧ユーザー and the demand, as a table for Excel or as JSON.

    python -m scripts.usage_report --csv > usage.csv
    python -m scripts.usage_report --json
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import date

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory.db import make_engine, read_session
from directory.errors import DirectoryError
from directory.settings import Settings
from directory.usage import (
    DEFINITION, DEMAND_DEFINITION, DemandMonth, MonthlyViewers, demand_sheet, monthly_demand, monthly_viewers,
    viewers_sheet,
)
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.wording import spoken

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and print both tables; as CSV unless --json is given."""
    parser = argparse.ArgumentParser(prog="python -m scripts.usage_report", description=__doc__.splitlines()[0])
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one JSON object")
    shape.add_argument("--csv", action="store_true", help="print both tables as CSV (as without it)")
    parser.add_argument("--database", help="SQLAlchemy URL; the directory's database by default")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment(os.environ)
        files = load_vocabulary(settings.data / "vocabulary")
        viewers, demand, vocabulary = _read(options.database or settings.directory_database_url, files)
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        print("データベースを読めません。--database を確かめ、先に python -m scripts.migrate up を実行してください。", file=sys.stderr)
        return FAILED
    if options.json:
        print(json.dumps(as_json(viewers, demand), ensure_ascii=False))
    else:
        sys.stdout.write(f"{viewers_sheet(viewers)}\r\n{demand_sheet(demand, vocabulary)}")
    return 0


def as_json(viewers: tuple[MonthlyViewers, ...], demand: tuple[DemandMonth, ...]) -> dict[str, object]:
    """Both tables as plain data, with what their numbers mean."""
    return {
        "viewers": {"definition": list(DEFINITION), "months": [_plain(row) for row in viewers]},
        "demand": {"definition": list(DEMAND_DEFINITION), "rows": [_plain(row) for row in demand]},
    }


def _plain(row: MonthlyViewers | DemandMonth) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}


def _read(url: str, files: Vocabulary) -> tuple[tuple[MonthlyViewers, ...], tuple[DemandMonth, ...], Vocabulary]:
    engine = make_engine(url)
    try:
        with read_session(engine) as session:
            return monthly_viewers(session), monthly_demand(session), spoken(session, files)
    finally:
        engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
