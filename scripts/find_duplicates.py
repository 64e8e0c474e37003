"""Look for listings that are one and the same, so that a person can decide: 重複の候補を計算しなおします。

    python -m scripts.find_duplicates       every night, and after a large import
"""

import argparse
import os
import sys
from datetime import UTC, datetime

from tqdm import tqdm

from directory.db import read_session
from directory.duplicates.searching import count_waiting, search_pairs
from directory.errors import DirectoryError
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from directory.wording import words_of
from scripts.import_listings import ready_engine

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, compare, keep, print."""
    parser = argparse.ArgumentParser(prog="python -m scripts.find_duplicates", description=__doc__.splitlines()[0])
    parser.add_argument("--database", help="データベースの URL")
    options = parser.parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    try:
        engine = ready_engine(options.database or settings.directory_database_url)
        vocabulary = words_of(engine, load_vocabulary(settings.data / "vocabulary"))
        search_pairs(engine, vocabulary, datetime.now(UTC).replace(tzinfo=None),
                     lambda steps: tqdm(steps, desc="くらべた組", unit="組", disable=None))
        with read_session(engine) as session:
            likely, all_pairs = count_waiting(session, likely=True), count_waiting(session)
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    print(f"重複の見こみ {likely}組、念のため見る {all_pairs - likely}組。編集の机の「重複」で決めてください。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
