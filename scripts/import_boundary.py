"""Load the outline of a municipality: 区域の境界（国土数値情報の GeoJSON など）を取り込みます。

    python -m scripts.import_boundary 廿日市市.geojson
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from directory.errors import DirectoryError
from directory.importers.boundaries import import_boundary
from directory.settings import Settings
from scripts.import_listings import finish, ready_engine


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, print; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.import_boundary", description="区域の境界（GeoJSON）を取り込みます。終了コードは import_listings と同じです。")
    parser.add_argument("file", type=Path, help="取り込むファイル")
    parser.add_argument("--municipality", help="市区町村の名前（ファイルに書かれていないとき）")
    parser.add_argument("--attribution", help="地図に添える出典の言葉")
    parser.add_argument("--dry-run", action="store_true", help="試しに読むだけで、書き込まない")
    parser.add_argument("--json", action="store_true", help="最後の行に結果を JSON で出す")
    parser.add_argument("--database", help="データベースの URL")
    options = parser.parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    try:
        engine = ready_engine(options.database or settings.directory_database_url)
        now = datetime.now(UTC).replace(tzinfo=None)
        report = import_boundary(
            engine, options.file, now, municipality=options.municipality, attribution=options.attribution,
            dry_run=options.dry_run,
        )
    except DirectoryError as error:
        return finish(error, options.json)
    return finish(report, options.json)


if __name__ == "__main__":
    sys.exit(main())
