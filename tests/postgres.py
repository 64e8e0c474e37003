"""Where do the tests get a PostgreSQL of their own? A throw-away cluster from the installed server programs.

A guardian shell owns the cluster: it starts the server, waits until its standard input closes, then stops the server
and removes the folder. So the cluster ends with the tests, however they end. `python -m tests.postgres` says which
server programs would be used, and fails when there are none.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# A test database is worth nothing after the run: no write has to survive a power cut.
OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="

GUARDIAN = """
"$1/initdb" -D "$2/data" -U tests -A trust -E UTF8 --locale=C --no-sync >"$2/initdb.log" 2>&1 &&
"$1/pg_ctl" -D "$2/data" -l "$2/server.log" -o "$3 -k $2" -w start >"$2/pg_ctl.log" 2>&1 || { cat "$2"/*.log; exit 1; }
echo ready
cat >/dev/null
"$1/pg_ctl" -D "$2/data" -m immediate stop >/dev/null 2>&1
rm -rf "$2"
"""


def server_programs() -> Path | None:
    """The folder of initdb and pg_ctl, newest version first; Debian keeps them off the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    found = [*debian, *([Path(on_path)] if on_path else [])]
    return found[0].parent if found else None


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster; yields the URL of its database without the name: append one."""
    programs = server_programs()
    if programs is None:
        raise RuntimeError("PostgreSQL がありません（apt-get install postgresql）。scripts/test なら残りを動かします。")
    # Outside pytest's own folder, which no other user may enter, and short: a socket's path ends at 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="yoridokoro-"))
    command = ["sh", "-c", GUARDIAN, "guardian", str(programs), str(folder), OPTIONS]
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        command = ["runuser", "-u", "postgres", "--", *command]
    # A session of its own: Ctrl-C must reach the tests only, which then end it in order.
    guardian = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/", start_new_session=True
    )
    assert guardian.stdin and guardian.stdout
    try:
        answer = guardian.stdout.readline()
        if answer != "ready\n":
            raise RuntimeError(f"PostgreSQL did not start: {answer}{guardian.stdout.read()}")
        yield f"postgresql+psycopg://tests@/?host={folder}"
    finally:
        guardian.stdin.close()
        guardian.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _version(initdb: Path) -> float:
    return float(re.sub(r"[^0-9.]", "", initdb.parent.parent.name) or 0)


if __name__ == "__main__":
    programs = server_programs()
    print(programs or "no PostgreSQL server programs here")
    sys.exit(programs is None)
