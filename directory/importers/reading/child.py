"""What does the child process do? Limit itself, read standard input, and print what it found as JSON lines.

Lines: {"encoding", "format"} · {"sheet", "hidden", "merged"} · {"rows": [[number, [cell, …]], …]} · {"document"} ·
{"end": true}, or at any point {"refused": sentence}. A date or time cell is {"date"|"time"|"datetime"|"minutes": …}.
"""

import json
import sys
from collections.abc import Iterator
from typing import BinaryIO

from directory.errors import ImportRefused
from directory.importers.reading.limits import LIMITS, Limits
from directory.importers.reading.sniffing import read_stream

ROWS_A_LINE = 200
TOO_LARGE = (
    "ファイルを開くのに必要なメモリが大きすぎるため、取り込みを中止しました。"
    "不要なシートや空の行を消し、必要な表だけを新しいファイルに保存して、もう一度お試しください。"
)
UNREADABLE = (
    "ファイルの中身が壊れているか、表のファイルではないため読めませんでした（{kind}）。"
    "元のソフトで開けるか確かめ、CSV か Excel（.xlsx）で保存しなおしてください。"
)


def main() -> None:
    """Read standard input under limits and print JSON lines."""
    restrain(LIMITS)
    for message in answers(sys.stdin.buffer, LIMITS):
        print(json.dumps(message, ensure_ascii=True))


def answers(stream: BinaryIO, limits: Limits) -> Iterator[dict]:
    """Every message about a file, the last {"end": true} or {"refused": sentence}; never raises."""
    try:
        yield from batched(read_stream(stream, limits))
    except ImportRefused as refused:
        yield {"refused": str(refused)}
    except (MemoryError, RecursionError):
        yield {"refused": TOO_LARGE}
    except Exception as error:  # a parser's own error about a broken file: named, never a trace
        yield {"refused": UNREADABLE.format(kind=type(error).__name__)}
    else:
        yield {"end": True}


def restrain(limits: Limits) -> None:
    """Bound memory and processor time, and forbid writing files."""
    try:
        import resource
    except ImportError:  # not on Windows; the parent's clock still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.processor_seconds, limits.processor_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def batched(messages: Iterator[dict]) -> Iterator[dict]:
    """Join single {"row": …} messages into {"rows": […]} of a few hundred."""
    rows: list = []
    for message in messages:
        if "row" in message:
            rows.append(message["row"])
            if len(rows) < ROWS_A_LINE:
                continue
            message = {"rows": rows}
            rows = []
        elif rows:
            yield {"rows": rows}
            rows = []
        yield message
    if rows:
        yield {"rows": rows}


if __name__ == "__main__":
    main()
