"""How do we open a file somebody gave us? In a child process; what it found comes back as plain values."""

import json
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from directory.errors import ImportRefused
from directory.importers.reading.limits import LIMITS

PROJECT = Path(__file__).resolve().parents[3]
START = "import sys; sys.path.insert(0, sys.argv[1]); from directory.importers.reading.child import main; main()"
STOPPED = (
    "ファイルを読むのに時間かメモリがかかりすぎるため、取り込みを中止しました。データベースは変わっていません。"
    "必要な表だけを新しいファイルに保存して、もう一度お試しください。"
)


@dataclass
class Sheet:
    """One sheet (a CSV is one nameless sheet). `merged` holds first row and column, last row and column, from 0."""

    name: str
    hidden: bool
    merged: list[tuple[int, int, int, int]]
    rows: list[tuple[int, list]] = field(default_factory=list)


@dataclass
class FileContent:
    """Everything a file said: its sheets, or one JSON document."""

    path: Path
    format: str
    encoding: str
    sheets: list[Sheet] = field(default_factory=list)
    document: object = None


def read_file(path: Path) -> FileContent:
    """Read `path` in a limited child. Raises ImportRefused with a whole sentence; never anything else."""
    with _opened(path) as stream:
        return _from_child(path, stream)


def _opened(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise ImportRefused(f"「{path.name}」はふつうのファイルではありません。表のファイルを 1 つ選んでください。")
        return open(path, "rb")
    except FileNotFoundError as error:
        raise ImportRefused(f"「{path.name}」が見つかりません。場所と名前を確かめてください。") from error
    except PermissionError as error:
        raise ImportRefused(f"「{path.name}」を読む許可がありません。ファイルの権限を確かめてください。") from error
    except (OSError, ValueError) as error:
        raise ImportRefused(f"「{path.name}」を開けません。ファイルの場所と名前を確かめてください。") from error


def _from_child(path: Path, stream: BinaryIO) -> FileContent:
    command = [sys.executable, "-I", "-X", "utf8", "-c", START, str(PROJECT)]
    with subprocess.Popen(
        command, stdin=stream, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PATH": os.defpath},
    ) as child:
        clock = threading.Timer(LIMITS.wall_seconds, child.kill)
        clock.start()
        try:
            content = _collect(path, child.stdout or ())
        finally:
            clock.cancel()
            child.kill()
    return content


def _collect(path: Path, lines: Iterable[bytes]) -> FileContent:
    content = FileContent(path, "", "")
    for line in lines:
        message = json.loads(line)
        if "refused" in message:
            raise ImportRefused(message["refused"])
        if "end" in message:
            return content
        if "format" in message:
            content.format, content.encoding = message["format"], message["encoding"]
        elif "sheet" in message:
            merged = [tuple(area) for area in message["merged"]]
            content.sheets.append(Sheet(message["sheet"], message["hidden"], merged))
        elif "rows" in message:
            content.sheets[-1].rows.extend((number, cells) for number, cells in message["rows"])
        elif "document" in message:
            content.document = message["document"]
    raise ImportRefused(STOPPED)
