"""Load the gazetteer of towns: 町字の一覧（Geolonia 住所データなど）を取り込みます。

    python -m scripts.import_towns data/towns.csv
"""

import argparse
import sys
from datetime import datetime

from sqlalchemy import Engine

from directory.importers.report import Report
from directory.importers.towns import import_towns
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from scripts.importing.reference_file import asking, carry_out


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, print; returns the exit code."""
    return carry_out(asking("import_towns", "町字の一覧（CSV。緯度・経度つき）").parse_args(arguments), _import)


def _import(engine: Engine, options: argparse.Namespace, settings: Settings, now: datetime) -> Report:
    areas = load_vocabulary(settings.data / "vocabulary").areas
    zones = {area.name: area.zone for area in areas if area.zone != "mainland"}
    return import_towns(engine, options.file, now, zones=zones, dry_run=options.dry_run)


if __name__ == "__main__":
    sys.exit(main())
