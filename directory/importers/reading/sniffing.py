"""What kind of file are these bytes really? The content decides, not the name."""

import gzip
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from directory.errors import ImportRefused
from directory.importers.reading.delimited import read_delimited
from directory.importers.reading.documents import read_document
from directory.importers.reading.limits import Limits
from directory.importers.reading.workbook import read_workbook

READ_AT_ONCE = 1024 * 1024
SAVE_AS_TABLE = "表を CSV か Excel（.xlsx）で保存しなおしてから取り込んでください。"
# First bytes → what it is. These are never tables, whatever the file's name says.
NOT_TABLES = (
    (b"%PDF", "PDF"), (b"\xff\xd8\xff", "JPEG の画像"), (b"\x89PNG", "PNG の画像"), (b"GIF8", "GIF の画像"),
    (b"\x7fELF", "プログラム"), (b"MZ", "プログラム"), (b"SQLite format 3", "データベース"), (b"{\\rtf", "RTF の文書"),
    (b"BZh", "bzip2 で圧縮されたファイル"), (b"7z\xbc\xaf", "7-Zip で圧縮されたファイル"), (b"Rar!", "RAR で圧縮されたファイル"),
)
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
NO_ENCODING = (
    "文字コードが UTF-8 でも Shift_JIS（CP932）でもないか、途中で壊れているため読めません（{line} 行目のあたり）。"
    "「CSV UTF-8」で保存しなおしてください。"
)
# Bytes that Python's CP932 lets through although no Japanese text has them.
NO_TEXT = re.compile("[\x00\x80\xa0\uf8f0-\uf8f3]")
HTML = (b"<!doctype html", b"<html", b"<?xml")


def read_stream(stream: BinaryIO, limits: Limits) -> Iterator[dict]:
    """Messages (see child.py) for the file in `stream`, which must be seekable."""
    size = stream.seek(0, 2)
    stream.seek(0)
    if size == 0:
        raise ImportRefused("ファイルが空です（0 バイト）。中身のあるファイルを選びなおしてください。")
    if size > limits.file_bytes:
        raise ImportRefused(
            f"ファイルが大きすぎます（{size:,} バイト。上限は {limits.file_bytes:,} バイト）。表を分けて取り込んでください。"
        )
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return read_text(_unpacked(stream, size, limits), limits)
    if head.startswith(b"PK"):
        return read_workbook(stream, size, limits)
    return read_text(stream.read(), limits)


def read_text(content: bytes, limits: Limits) -> Iterator[dict]:
    """Messages for bytes that should be JSON or delimited text."""
    _refuse_what_is_no_table(content[:4096])
    text, encoding = decoded(content)
    start = text.lstrip()[:1]
    if not start:
        raise ImportRefused("ファイルに文字がひとつもありません。中身のあるファイルを選びなおしてください。")
    if start in "{[":
        return read_document(text, encoding, limits)
    return read_delimited(text, encoding, limits)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: UTF-8 with any number of BOMs, UTF-16 with BOM, or CP932."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(content, "utf-16"), "utf-16"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_damaged_utf8(content):
            raise ImportRefused(NO_ENCODING.format(line=content.count(b"\n", 0, error.start) + 1)) from error
        return _decode(content, "cp932"), "cp932"
    marked = text.startswith("\ufeff")
    return text.lstrip("\ufeff"), "utf-8-sig" if marked else "utf-8"


def _decode(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(NO_ENCODING.format(line=content.count(b"\n", 0, error.start) + 1)) from error
    if NO_TEXT.search(text):
        raise ImportRefused(f"文字ではないデータが混ざっているため、表として読めません。{SAVE_AS_TABLE}")
    return text


def _is_damaged_utf8(content: bytes) -> bool:
    """True for UTF-8 with a few broken places: as CP932 it would read as nonsense without any complaint."""
    text = content[:200_000].decode("utf-8", "replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") < beyond_ascii / 2


def _unpacked(stream: BinaryIO, size: int, limits: Limits) -> bytes:
    """The content of a .gz, refused as soon as it grows like a bomb."""
    pieces, total = [], 0
    try:
        with gzip.GzipFile(fileobj=stream) as packed:
            while piece := packed.read(READ_AT_ONCE):
                pieces.append(piece)
                total += len(piece)
                if total > limits.opened_bytes or (
                    total > limits.ratio_matters_above and total > size * limits.packed_ratio
                ):
                    raise ImportRefused(
                        "圧縮を解くと極端に大きくなるファイルのため、取り込みを中止しました。"
                        "圧縮していない CSV を入手して取り込んでください。"
                    )
    except (OSError, EOFError, zlib.error) as error:
        raise ImportRefused(
            "圧縮ファイル（.gz）が途中で切れているか壊れています。もう一度入手してから取り込んでください。"
        ) from error
    return b"".join(pieces)


def _refuse_what_is_no_table(head: bytes) -> None:
    for mark, name in NOT_TABLES:
        if head.startswith(mark):
            raise ImportRefused(f"これは{name}で、表ではありません。{SAVE_AS_TABLE}")
    if head.startswith(OLD_EXCEL):
        raise ImportRefused(
            "古い形式の Excel（.xls）か、パスワードの付いた Excel です。"
            "パスワードを外し、「Excel ブック（.xlsx）」で保存しなおしてから取り込んでください。"
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(HTML):
        raise ImportRefused(
            f"これはウェブページ（HTML や XML）で、表ではありません。ダウンロードに失敗していないか確かめてください。{SAVE_AS_TABLE}"
        )
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportRefused(f"文字ではないデータが入っているため、表として読めません。{SAVE_AS_TABLE}")
