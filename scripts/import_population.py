"""Load how many people live where: 地域・年齢別人口（自治体標準オープンデータセット）を取り込みます。

    python -m scripts.import_population 342131_population_20260401.csv
"""

import argparse
import sys
from datetime import datetime

from sqlalchemy import Engine

from directory.city import load_city
from directory.importers.population import import_population
from directory.importers.report import Report
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from scripts.importing.reference_file import asking, carry_out


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, print; returns the exit code."""
    return carry_out(asking("import_population", "地域・年齢別人口（CSV）").parse_args(arguments), _import)


def _import(engine: Engine, options: argparse.Namespace, settings: Settings, now: datetime) -> Report:
    areas = [area.name for area in load_vocabulary(settings.data / "vocabulary").areas]
    return import_population(
        engine, options.file, now, dry_run=options.dry_run, areas=areas,
        municipality=load_city(settings.data / "city.yml").name)


if __name__ == "__main__":
    sys.exit(main())
