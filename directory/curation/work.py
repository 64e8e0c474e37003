"""What needs a decision today? One row a kind of work: its label, what it asks for, and how its items are found.

    counts = waiting(session, vocabulary, today, areas=["佐伯"])
    items = queue(session, vocabulary, today, kinds=["overdue"])
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.curation.work_items import (
    Item, confirmations, demands, enquiries, letters, likely_duplicates, new_listings, overdue_items, proposals, readings,
    unclear_schedules, vanished,
)
from directory.db import write_session
from directory.errors import NotFound
from directory.inbox.retention import answered
from directory.models import Area, InboxItem, ListingArea, SetAside
from directory.vocabulary import Vocabulary


@dataclass(frozen=True)
class Kind:
    """One kind of work. `bulk`: may be decided for many at once (「変更なし・確認済」). `aside`: may be left as it is."""

    key: str
    label: str
    about: str
    find: Callable[[Session, Vocabulary, date], Iterator[Item]]
    bulk: bool = False
    aside: bool = False


KINDS: Mapping[str, Kind] = {kind.key: kind for kind in (
    Kind("proposals", "修正の提案", "今の内容と提案を見くらべて、項目ごとに決めます。", proposals),
    Kind("overdue", "確認の期限切れ", "6か月以上、だれも確かめていません。", overdue_items, bulk=True),
    Kind("duplicates", "重複かもしれない掲載", "同じ所が2つ載っているようです。", likely_duplicates),
    Kind("schedules", "読めない日時", "日時の書き方がはっきりせず、次の日が出せません。", unclear_schedules, aside=True),
    Kind("vanished", "表から消えた行", "新しい表にありません。終わったのか、名前が変わったのかを確かめます。", vanished),
    Kind("confirmations", "確認の依頼", "支援員が、この場所のこの点を知りたがっています。", confirmations),
    Kind("enquiries", "匿名照会", "こういう場所がないかと、支援の机から聞かれています。", enquiries),
    Kind("new", "掲載前の確認", "取り込んだ、または作ったあと、まだ載せていません。", new_listings),
    Kind("letters", "届いた声", "そのまま読んで決めるものです。", letters),
    Kind("demands", "見つからなかった言葉", "この3か月に5回以上探されて、1件も見つかりませんでした。", demands, aside=True),
    Kind("readings", "よみの確認", "機械が入れたよみです。正しいかを見てください。", readings, aside=True),
)}


@dataclass
class _Desk:
    """What is asked of every kind: the areas looked at, and what was set aside."""

    session: Session
    vocabulary: Vocabulary
    today: date
    areas: frozenset[str] | None

    def items(self, kind: Kind) -> list[Item]:
        found = kind.find(self.session, self.vocabulary, self.today)
        return [item for item in map(self._placed, found) if self._is_here(item) and (kind.key, item.key) not in self._aside]

    def _placed(self, item: Item) -> Item:
        return item.placed(self._areas_of[item.listing_id]) if item.listing_id in self._areas_of else item

    def _is_here(self, item: Item) -> bool:
        """What lies in no area is everybody's."""
        return self.areas is None or not item.areas or not self.areas.isdisjoint(item.areas)

    @cached_property
    def _areas_of(self) -> Mapping[str | None, list[str]]:
        rows = self.session.execute(select(ListingArea.listing_id, Area.name).join(Area).order_by(Area.kind, Area.name))
        areas: dict[str | None, list[str]] = defaultdict(list)
        for listing_id, name in rows:
            areas[listing_id].append(name)
        return dict(areas)

    @cached_property
    def _aside(self) -> set[tuple[str, str]]:
        rows = self.session.execute(select(SetAside.kind, SetAside.key, SetAside.until))
        return {(kind, key) for kind, key, until in rows if until is None or until > self.today}


def waiting(
    session: Session, vocabulary: Vocabulary, today: date, areas: Collection[str] | None = None
) -> dict[str, int]:
    """Kind → how many items wait, in the order of KINDS. areas: names of areas; None is the whole city."""
    desk = _Desk(session, vocabulary, today, None if areas is None else frozenset(areas))
    return {key: len(desk.items(kind)) for key, kind in KINDS.items()}


def waiting_in(session: Session, vocabulary: Vocabulary, today: date, areas: Collection[str]) -> dict[str, int]:
    """Area → how many items of all kinds wait there. What lies in no area counts everywhere."""
    items = queue(session, vocabulary, today)
    held = Counter(area for item in items for area in set(item.areas))
    everywhere = sum(not item.areas for item in items)
    return {area: held[area] + everywhere for area in areas}


def queue(
    session: Session, vocabulary: Vocabulary, today: date, areas: Collection[str] | None = None,
    kinds: Collection[str] | None = None,
) -> list[Item]:
    """Everything that waits, kind by kind in the order of KINDS, within a kind what has waited longest first."""
    desk = _Desk(session, vocabulary, today, None if areas is None else frozenset(areas))
    return [item for key, kind in KINDS.items() if kinds is None or key in kinds for item in desk.items(kind)]


def set_aside(
    engine: Engine, kind: str, key: str, by: str, why: str, now: datetime, until: date | None = None
) -> None:
    """Leave something as it is: it does not wait any more, or not before a day."""
    with write_session(engine) as session:
        session.merge(SetAside(kind=kind, key=key[:120], made_by=by[:400], made_at=now, why=why[:400], until=until))
        session.commit()


def close_letter(engine: Engine, letter_id: str, now: datetime) -> None:
    """Somebody read it and did what was to be done: contact details in it go. Raises NotFound."""
    with write_session(engine) as session:
        row = session.get(InboxItem, letter_id)
        if row is None:
            raise NotFound("この連絡は見つかりません。")
        answered(session, row, now)
        session.commit()


def take_up(engine: Engine, kind: str, key: str) -> None:
    """Let it wait again."""
    with write_session(engine) as session:
        row = session.get(SetAside, (kind, key[:120]))
        if row is not None:
            session.delete(row)
        session.commit()
