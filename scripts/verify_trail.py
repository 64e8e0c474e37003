"""Is the trail of who saw what whole? Walks the chain; with an earlier end, sees that nothing was cut off since.

    python -m scripts.verify_trail                          prints the end of the trail: keep it outside, on paper say
    python -m scripts.verify_trail --anchor 1234:ab12…      the same end must still stand in the chain

Run it once a week and after every restored copy. It ends with 1 when the chain is broken.
"""

import argparse
import os
import sys

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory.errors import DirectoryError
from directory.settings import Settings
from matcher.audit import Verification, verify
from matcher.db import write_session
from matcher.desk import open_desk

BROKEN = 1


def main() -> None:
    """Verify and say it in one sentence."""
    parser = argparse.ArgumentParser(prog="python -m scripts.verify_trail", description=__doc__.splitlines()[0])
    parser.add_argument("--anchor", help="the end that was printed earlier")
    anchor = parser.parse_args().anchor
    try:
        desk = open_desk(Settings.from_environment(os.environ))
        with write_session(desk.engine) as session:
            found = verify(session, desk.keys, anchor)
    except DirectoryError as error:
        sys.exit(str(error))
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        sys.exit("データベースにつながりません。CASEWORK_DATABASE_URL を確かめてください。")
    sys.exit(_say(found))


def _say(found: Verification) -> int:
    if found.broken_at is not None:
        print(f"閲覧の記録の {found.broken_at} 番から先が、書きかえられているか、なくなっています。管理者に知らせ、控えと見くらべてください。",
              file=sys.stderr)
        return BROKEN
    print(f"閲覧の記録はそろっています: {found.entries} 件。いまの終わり（外に控えてください）: {found.head}")
    return 0


if __name__ == "__main__":
    main()
