"""Load how many people live where: 地域・年齢別人口（自治体標準オープンデータセット）を取り込みます。

    python -m scripts.import_population 342131_population_20260401.csv
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from directory.city import load_city
from directory.errors import DirectoryError
from directory.importers.population import import_population
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from scripts.import_listings import finish, ready_engine


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, print; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.import_population",
        description="地域・年齢別人口（CSV）を取り込みます。終了コードは import_listings と同じです。")
    parser.add_argument("file", type=Path, help="取り込むファイル")
    parser.add_argument("--dry-run", action="store_true", help="試しに読むだけで、書き込まない")
    parser.add_argument("--json", action="store_true", help="最後の行に結果を JSON で出す")
    parser.add_argument("--database", help="データベースの URL")
    options = parser.parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    try:
        engine = ready_engine(options.database or settings.directory_database_url)
        areas = [area.name for area in load_vocabulary(settings.data / "vocabulary").areas]
        report = import_population(
            engine, options.file, datetime.now(UTC).replace(tzinfo=None), dry_run=options.dry_run, areas=areas,
            municipality=load_city(settings.data / "city.yml").name)
    except DirectoryError as error:
        return finish(error, options.json)
    return finish(report, options.json)


if __name__ == "__main__":
    sys.exit(main())
