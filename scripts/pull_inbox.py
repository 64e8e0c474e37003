"""How do visitors' messages and the counts of use reach the desk? Everything in the inbox is taken over, exactly once.

    python -m scripts.pull_inbox        every few minutes, by cron or a timer
"""

import argparse
import os
import sys
from datetime import UTC, datetime

from directory.db import BACKGROUND_SECONDS, make_engine
from directory.inbox import KINDS, Inbox
from directory.inbox.pulling import PullReport, pull
from directory.settings import Settings
from scripts.publish import finished



def main(arguments: list[str] | None = None) -> int:
    """Read the command line, take over, and say how much it was."""
    parser = argparse.ArgumentParser(prog="python -m scripts.pull_inbox", description=__doc__.splitlines()[0])
    parser.add_argument("--inbox", help="SQLAlchemy URL; INBOX_DATABASE_URL or instance/inbox.db by default")
    parser.add_argument("--database", help="SQLAlchemy URL; the directory's database by default")
    options = parser.parse_args(arguments)
    return finished(
        lambda: as_text(_pull(options, Settings.from_environment(os.environ))),
        "データベースを読み書きできません。--inbox と --database を確かめ、先に python -m scripts.migrate up を実行してください。",
    )


def as_text(report: PullReport) -> str:
    """The report as a person reads it."""
    if not report.taken and not report.unreadable:
        return "新しい連絡はありません。"
    lines = [f"{KINDS[kind].label}: {count}件" for kind, count in sorted(report.taken.items())]
    if report.unreadable:
        lines.append(f"形が正しくない連絡: {report.unreadable}件（数えずに、確認待ちに入れました）")
    return "\n".join(lines)


def _pull(options: argparse.Namespace, settings: Settings) -> PullReport:
    directory = make_engine(options.database or settings.directory_database_url, BACKGROUND_SECONDS)
    inbox = Inbox.open(options.inbox or settings.inbox_url)
    try:
        return pull(inbox, directory, datetime.now(UTC).replace(tzinfo=None))
    finally:
        inbox.close()
        directory.dispose()


if __name__ == "__main__":
    sys.exit(main())
