"""How do we renew the keys of casework? Seals every record anew and destroys the old keys; may be run at any time.

    python -m scripts.rotate_keys

A copy of the key file made before no longer opens this database: make a new one, and keep it apart from the database.
"""

import argparse
import os
import sys
from datetime import UTC, datetime

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from tqdm import tqdm

from directory.errors import DirectoryError
from directory.settings import Settings
from matcher.desk import open_desk
from matcher.rotation import rotate


def main() -> None:
    """Rotate, and say what to do with the new file; what cannot be done is told in one sentence."""
    argparse.ArgumentParser(prog="python -m scripts.rotate_keys", description=__doc__.splitlines()[0]).parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        desk = open_desk(settings)
        done = rotate(
            desk, datetime.now(UTC).replace(tzinfo=None),
            progress=lambda ids: tqdm(ids, desc="封をしなおしています", unit="件", disable=None))
    except DirectoryError as error:
        sys.exit(str(error))
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        sys.exit("データベースにつながりません。CASEWORK_DATABASE_URL を確かめてください。")
    print(f"鍵を新しくしました: 記録 {done.cases}、アカウント {done.accounts}")
    print(f"鍵のファイル {settings.casework_keys.name} の控えを取りなおし、データベースとは別の所に置いてください。前の控えではもう開けません。")


if __name__ == "__main__":
    main()
