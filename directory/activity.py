"""What did the curation desk do in a month? Confirmed, added, closed, called and visited, minutes; each number defined.

Counted from the history and the contact log, so that the same month gives the same numbers whenever it is asked for; only
the denominator, what stands now, is of the day of asking. What was taken back is not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from directory.catalog.columns import AREA_KIND
from directory.exporters.workbook import Sheet, workbook
from directory.japan_time import in_utc
from directory.models import (
    Area, ChangeRequest, ContactAttempt, CurationAct, ListingArea, Revision, ServiceAtLocation,
)

LISTING = ServiceAtLocation.__tablename__
STANDING = ("published", "paused")
EVERYWHERE, NO_AREA = "全体", "地域なし"


@dataclass(frozen=True)
class Measure:
    """One number of the report: its name, its unit and what exactly is counted."""

    key: str
    label: str
    unit: str
    definition: str


MEASURES: tuple[Measure, ...] = (
    Measure("standing", "掲載（分母）", "件", "この報告を開いた日に掲載中か休止中の掲載。載せないもの・統合されたものは除きます。"),
    Measure("confirmed", "確認した", "件", "その月に最終確認日がつけられた掲載。同じ掲載は1件。取り消したものは除きます。"),
    Measure("added", "新しく入った", "件", "その月に初めて記録された掲載（下書き・取り込みをふくむ）。"),
    Measure("published", "掲載を始めた", "件", "その月に「掲載中」になった掲載（再開をふくむ）。"),
    Measure("closed", "終わった", "件", "その月に「終わった」になった掲載。"),
    Measure("changed", "内容を直した", "件", "その月に、人が内容を1つ以上直した掲載（編集・提案の採用・電話）。同じ掲載は1件。"),
    Measure("decided", "提案を決めた", "件", "その月に採否を決めた修正提案（見送りをふくむ）。"),
    Measure("phoned", "電話した", "回", "連絡の記録のうち、方法が電話のもの。つながらなかった回をふくみます。"),
    Measure("reached", "うち話せた", "回", "電話のうち「話せた」もの。"),
    Measure("visited", "訪問した", "回", "連絡の記録のうち、方法が訪問のもの。"),
    Measure("other", "ほかの連絡", "回", "連絡の記録のうち、電話・訪問でないもの（はがき・FAX、連絡会など）。"),
    Measure("minutes", "かかった時間", "分", "連絡の記録に書かれた分の合計。書かれていない回は0分で、実際より少なめです。"),
)
CAUTION = "2つの地域にある掲載は、両方の地域で1件ずつ、全体では1件と数えます。数は動きを見るためのもので、担当者の評価には使えません。"
EDITS = ("edit", "approve", "call", "gap", "restore", "call_off", "cancel")
PHONE, VISIT, REACHED = "電話", "訪問", "reached"


@dataclass(frozen=True)
class Activity:
    """One month. `rows`: 地域 (and EVERYWHERE first) → measure → number."""

    month: date
    rows: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def whole(self) -> Mapping[str, int]:
        """The numbers of all 地域 together."""
        return self.rows[EVERYWHERE]


def activity(session: Session, month: date, areas: Sequence[str]) -> Activity:
    """The report of the month that `month` lies in; 地域 in the order given."""
    first, after = bounds(month)
    lies = _areas(session)
    counted: dict[str, Counter[str]] = {name: Counter() for name in (EVERYWHERE, *areas)}

    def count(measure: str, listing_id: str | None, number: int = 1) -> None:
        counted[EVERYWHERE][measure] += number
        for area in lies.get(listing_id or "", ()) or (NO_AREA,):
            counted.setdefault(area, Counter())[measure] += number

    for measure, ids in _listings(session, first, after).items():
        for each in sorted(ids):
            count(measure, each)
    for request in session.scalars(select(ChangeRequest).where(_within(ChangeRequest.decided_at, first, after))):
        count("decided", request.listing_id)
    for attempt in session.scalars(select(ContactAttempt).where(_within(ContactAttempt.made_at, first, after))):
        count({PHONE: "phoned", VISIT: "visited"}.get(attempt.how, "other"), attempt.listing_id)
        count("minutes", attempt.listing_id, attempt.minutes or 0)
        if attempt.how == PHONE and attempt.outcome == REACHED:
            count("reached", attempt.listing_id)
    rows = {area: {one.key: numbers[one.key] for one in MEASURES} for area, numbers in counted.items()}
    return Activity(month.replace(day=1), {area: row for area, row in rows.items() if area != NO_AREA or any(row.values())})


def bounds(month: date) -> tuple[datetime, datetime]:
    """The month from its first midnight to the next one's in Japan, as UTC without zone."""
    first = month.replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return in_utc(datetime.combine(first, time())), in_utc(datetime.combine(after, time()))


def report_file(report: Activity, before: Activity | None, made_on: date) -> bytes:
    """The report as an Excel file: the numbers, beside them last month's, and a sheet of definitions."""
    areas = list(report.rows)
    head = ["項目", "単位", *areas, *(["前の月（全体）"] if before else [])]
    rows: list[list[object]] = [
        [one.label, one.unit, *(report.rows[area][one.key] for area in areas), *([before.whole[one.key]] if before else [])]
        for one in MEASURES]
    title = f"{report.month.year}年{report.month.month}月の活動報告（{made_on.isoformat()} 作成）"
    numbers = [[title], [], head, *rows]
    defined = [["項目", "何を数えたか"], *([one.label, one.definition] for one in MEASURES), ["読み方", CAUTION]]
    return workbook([
        Sheet("活動報告", enumerate(numbers, start=1), heads={3}, widths={0: 20}, freeze_below=3),
        Sheet("数の決まり", enumerate(defined, start=1), heads={1}, widths={0: 20, 1: 60}),
    ])


def _listings(session: Session, first: datetime, after: datetime) -> dict[str, set[str]]:
    """Measure → ids of the listings it counts."""
    table = ServiceAtLocation
    standing = session.scalars(select(table.id).where(
        table.status.in_(STANDING), table.visibility != "none", table.merged_into.is_(None)))
    began = select(Revision.record_id).where(Revision.record_type == LISTING).group_by(Revision.record_id).having(
        _within(func.min(Revision.made_at), first, after))
    return {
        "standing": set(standing), "added": set(session.scalars(began)),
        "confirmed": _noted(session, "assured_date", first, after),
        "published": _noted(session, "status", first, after, "published"),
        "closed": _noted(session, "status", first, after, "closed"),
        "changed": {
            listing_id for act in session.scalars(select(CurationAct).where(
                CurationAct.kind.in_(EDITS), CurationAct.undone_at.is_(None), _within(CurationAct.made_at, first, after)))
            for listing_id, said in act.changes.items() if said.get("after")},
    }


def _noted(session: Session, name: str, first: datetime, after: datetime, value: Any = None) -> set[str]:
    """Listings whose column was set in these days, by an act that stands."""
    undone = select(CurationAct.revision).where(or_(CurationAct.undone_at.is_not(None), CurationAct.undoes.is_not(None)))
    rows = session.execute(select(Revision.record_id, Revision.after).where(
        Revision.record_type == LISTING, Revision.field == name, _within(Revision.made_at, first, after),
        Revision.number.not_in(undone)))
    return {row.record_id for row in rows if row.after is not None and (value is None or row.after == value)}


def _within(column: Any, first: datetime, after: datetime) -> Any:
    return (column >= first) & (column < after)


def _areas(session: Session) -> dict[str, list[str]]:
    lies: dict[str, list[str]] = defaultdict(list)
    for listing_id, name in session.execute(
            select(ListingArea.listing_id, Area.name).join(Area, Area.id == ListingArea.area_id)
            .where(Area.kind == AREA_KIND).order_by(Area.name)):
        lies[listing_id].append(name)
    return lies
