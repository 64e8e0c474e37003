"""How does an uploaded list look? Where it is on its way, and each row with what becomes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from directory.curation.fields import FIELDS, label_of
from directory.importers.report import (
    ASKED, IGNORED, INSERT, MERGED, MISSING, NOOP, REJECT, RENAMED, REPEATED, UPDATE,
)
from directory.importers.tables import ENTRY
from directory.models import Upload, UploadRow
from directory.uploads.annotating import VERDICTS
from directory.uploads.progress import UNDO, WRITE, Progress
from directory.uploads.rows import LIKELY, ORDER
from directory.uploads.states import COLUMNS, DONE, IMPORTING, READING, REFUSED, ROWS, SORTING, UNDOING
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _
from web.presenters.curation.difference import Piece, difference
from web.presenters.curation.saying import said
from web.presenters.desk.saying import moment

A_PAGE = 50
LONGEST_TITLE = 60
# Whether the annotated copy can be had
COPY_READY, BEING_MADE, MISSING_COPY, NO_COPY = "ready", "being made", "missing", "none"


@dataclass(frozen=True)
class Changed:
    """One value of a row: what the directory says, and what the row says."""

    label: str
    now: tuple[Piece, ...]
    proposed: tuple[Piece, ...]


@dataclass(frozen=True)
class Candidate:
    """A listing that a new row may be."""

    listing_id: str
    name: str
    place: str
    why: str
    chosen: bool


@dataclass(frozen=True)
class RowShown:
    """One row of the table. `decided`: merge, separate, ignore, or nothing yet."""

    position: int
    where: str
    name: str
    kind: str
    label: str
    problems: tuple[tuple[str, str, str], ...]
    says: str
    writes: tuple[Changed, ...]
    asks: tuple[Changed, ...]
    candidates: tuple[Candidate, ...]
    decided: str
    listing_id: str


@dataclass(frozen=True)
class Kind:
    """A kind of row, how many there are, and whether the page shows only these."""

    key: str
    label: str
    count: int
    here: bool


def kinds_of(counts: Mapping[str, int], shown: str) -> list[Kind]:
    """The kinds that there are, problems first."""
    total = sum(counts.get(kind, 0) for kind in ORDER)
    rows = [Kind(kind, labels()[kind], counts[kind], kind == shown) for kind in ORDER if counts.get(kind)]
    return [Kind("", _("すべて"), total, not shown), *rows]


def labels() -> dict[str, str]:
    """What a kind of row is called in the table."""
    return {
        REJECT: _("エラー"), LIKELY: _("重複かも"), RENAMED: _("名前か住所が変わった？"), ASKED: _("人が直した内容とちがう"),
        MISSING: _("消えた行"), UPDATE: _("更新"), INSERT: _("新規"), MERGED: _("まとめる"), IGNORED: _("取り込まない"),
        REPEATED: _("同じ行のくりかえし"), NOOP: _("変化なし"),
    }


def about_kinds() -> dict[str, str]:
    """What happens to the rows of a kind; said where the table shows only these."""
    return {
        REJECT: _("このままでは取り込めません。ほかの行は取り込めます。直した表を、あとでもう一度入れてください。"),
        LIKELY: _("もう掲載があるかもしれない、新しい行です。統合・別物・無視のどれかを選んでください。"),
        RENAMED: _("前の表の行が、新しい名前か住所で出ているようです。取り込むと、確認待ちに入ります。"),
        ASKED: _("前に人が直した項目です。取り込んでも上書きせず、確認待ちに入ります。"),
        MISSING: _("前の表にあって、この表にない行です。掲載は消さず、確認待ちに入ります。"),
        UPDATE: _("取り込むと、掲載の内容が新しくなります。"),
        INSERT: _("取り込むと、新しい掲載になります。"),
        REPEATED: _("同じ内容の行が前にあるので、取り込みません。"),
        NOOP: _("前の表と同じ内容です。何も変わりません。"),
    }


def rows_shown(rows: Sequence[UploadRow], vocabulary: Vocabulary) -> list[RowShown]:
    """One page of the table."""
    return [_row(row, vocabulary) for row in rows]


def state_words(upload: Upload, undone: str = "") -> str:
    """Where the upload is, in a word or two."""
    return undone or {
        READING: _("読んでいます"), REFUSED: _("読めませんでした"), COLUMNS: _("列を確かめる"), SORTING: _("くらべています"),
        ROWS: _("取り込む前の確認"), IMPORTING: _("取り込んでいます"), DONE: _("取り込みました"), UNDOING: _("取り消しています"),
    }.get(upload.state, "")


def copy_is(made: bool | None, progress: Progress | None) -> str:
    """Is the annotated copy there? Of a list whose bytes are gone (`made` None) there will never be one."""
    if made is None:
        return NO_COPY
    return COPY_READY if made else BEING_MADE if progress else MISSING_COPY


def doing_words(progress: Progress | None) -> str:
    """What the background does at this moment."""
    return {
        "start": _("はじめています"), "read": _("ファイルを読んでいます"), "sort": _("1行ずつ読んで、いまの掲載とくらべています"),
        "compare": _("同じ場所の掲載がもうないか、さがしています"), "import": _("もう一度読んで、確かめています"),
        WRITE: _("まとめて書きこんでいます。終わるまでは、何も変わりません"),
        UNDO: _("まとめて取り消しています。終わるまでは、何も変わりません"), "words": _("書きこみました。ふりがなを用意しています"),
    }.get(progress.doing if progress else "start", "")


def counted(progress: Progress | None) -> str:
    """12,000 / 56,442; nothing where there is nothing to count."""
    return f"{progress.done:,} / {progress.total:,}" if progress and progress.total else ""


def made_by(upload: Upload) -> str:
    """Who put it there, and when."""
    return _("%(name)s　%(at)s", name=upload.made_by, at=moment(upload.made_at))


def outcome(counts: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What an import did, in words with numbers."""
    rows = [
        (_("新しい掲載"), counts.get("insert", 0)), (_("更新した掲載"), counts.get("update", 0)),
        (_("変化なし"), counts.get("noop", 0)), (_("取り込めなかった行"), counts.get("reject", 0)),
        (_("消えた行（確認待ちへ）"), counts.get("missing", 0)), *counts.get("others", {}).items(),
        (_("確認待ちに入れた件数"), counts.get("asked", 0)),
    ]
    return [(words, number) for words, number in rows if number]


def _row(row: UploadRow, vocabulary: Vocabulary) -> RowShown:
    where = _("%(number)s行目", number=f"{row.row_number:,}") if row.row_number else ""
    if row.unit == ENTRY and row.row_number:
        where = _("%(number)s件目", number=f"{row.row_number:,}")
    if row.kind == MISSING:
        where = _("前の表の%(number)s行目", number=f"{row.row_number:,}") if row.row_number else _("前の表の行")
    return RowShown(
        row.position, "　".join(filter(None, (row.sheet, where))), row.name or _("（名称なし）"), row.kind,
        labels().get(row.kind, VERDICTS.get(row.kind, "")),
        tuple((column, value, problem + advice) for column, value, problem, advice in row.findings),
        _says(row.says, vocabulary), _changed(row.writes, vocabulary), _changed(row.asks, vocabulary),
        tuple(Candidate(listing, name, place, "・".join(why), listing == row.merge_into)
              for listing, name, place, why in row.likely),
        row.decision or "", row.listing_id or "")


def _says(says: Mapping[str, Any], vocabulary: Vocabulary) -> str:
    """A new row in a line: kind, place, times, telephone."""
    place = "".join(str(says[name]) for name in (
        "location.municipality", "location.town", "location.address_rest") if says.get(name))
    kind = says.get("service.kind")
    return "　".join(filter(None, (
        said("service.kind", kind, vocabulary) if kind else "", says.get("location.name"), place,
        "、".join(says.get("schedules", ())), says.get("listing.phone"))))


def _changed(pairs: Mapping[str, Sequence[Any]], vocabulary: Vocabulary) -> tuple[Changed, ...]:
    """The values a person knows by a name; how a row was understood besides is none of them."""
    return tuple(
        Changed(label_of(name), *difference(said(name, now, vocabulary), said(name, new, vocabulary)))
        for name, (now, new) in pairs.items() if name in FIELDS or name == "status")
