"""Load the outline of a municipality: 区域の境界（国土数値情報の GeoJSON など）を取り込みます。

    python -m scripts.import_boundary 廿日市市.geojson
"""

import argparse
import sys
from datetime import datetime

from sqlalchemy import Engine

from directory.importers.boundaries import import_boundary
from directory.importers.report import Report
from directory.settings import Settings
from scripts.importing.reference_file import asking, carry_out


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, print; returns the exit code."""
    parser = asking("import_boundary", "区域の境界（GeoJSON）")
    parser.add_argument("--municipality", help="市区町村の名前（ファイルに書かれていないとき）")
    parser.add_argument("--attribution", help="地図に添える出典の言葉")
    return carry_out(parser.parse_args(arguments), _import)


def _import(engine: Engine, options: argparse.Namespace, _settings: Settings, now: datetime) -> Report:
    return import_boundary(
        engine, options.file, now, municipality=options.municipality, attribution=options.attribution,
        dry_run=options.dry_run)


if __name__ == "__main__":
    sys.exit(main())
