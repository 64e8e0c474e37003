"""How is a file the directory only looks things up in (towns, a boundary, people) imported? All commands for it ask the same."""

import argparse
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from directory.errors import DirectoryError
from directory.importers.report import Report
from directory.settings import Settings
from scripts.import_listings import finish, ready_engine

# The database, what was asked for, the settings, now (UTC) → what became of the rows
ImportFile = Callable[[Engine, argparse.Namespace, Settings, datetime], Report]


def asking(command: str, what: str) -> argparse.ArgumentParser:
    """What every one of these commands takes; one that takes more adds it."""
    parser = argparse.ArgumentParser(
        prog=f"python -m scripts.{command}", description=f"{what}を取り込みます。終了コードは import_listings と同じです。")
    parser.add_argument("file", type=Path, help="取り込むファイル")
    parser.add_argument("--dry-run", action="store_true", help="試しに読むだけで、書き込まない")
    parser.add_argument("--json", action="store_true", help="最後の行に結果を JSON で出す")
    parser.add_argument("--database", help="データベースの URL")
    return parser


def carry_out(options: argparse.Namespace, import_file: ImportFile) -> int:
    """Import and print; returns the exit code."""
    settings = Settings.from_environment(os.environ)
    try:
        engine = ready_engine(options.database or settings.directory_database_url)
        report = import_file(engine, options, settings, datetime.now(UTC).replace(tzinfo=None))
    except DirectoryError as error:
        return finish(error, options.json)
    return finish(report, options.json)
