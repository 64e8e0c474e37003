"""How is the work begun without keeping anybody waiting? In a process of its own, which outlives whoever asked for it.

Its memory goes with it, it gives way to the pages, and killing it leaves the database as it was.
"""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from directory.db import BACKGROUND_SECONDS, make_engine
from directory.settings import Settings
from directory.uploads.progress import STEP, Teller, progress_file
from directory.uploads.working import work

PROJECT = Path(__file__).resolve().parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from directory.uploads.background import main; main(sys.argv[2:])"
GIVES_WAY = 5


def begin(settings: Settings, upload_id: str, now: datetime, what: str = STEP) -> None:
    """Start the process. Where the databases lie goes through the environment: it may hold a password."""
    Teller(progress_file(settings.instance, upload_id, what)).announce()
    environment = {
        **os.environ, "DIRECTORY_DATABASE_URL": settings.directory_database_url, "YORIDOKORO_DATA": str(settings.data),
        "YORIDOKORO_INSTANCE": str(settings.instance), "YORIDOKORO_TODAY": "",
    }
    subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", START, str(PROJECT), upload_id, now.isoformat()], env=environment,
        cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)


def main(arguments: list[str]) -> None:
    """Do the step the upload waits for; while others write, it waits its turn."""
    upload_id, moment = arguments
    settings = Settings.from_environment(os.environ)
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    work(make_engine(settings.directory_database_url, BACKGROUND_SECONDS), settings, upload_id, datetime.fromisoformat(moment))
