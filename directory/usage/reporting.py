"""What do the counts say, month by month? 月間閲覧ユーザー and what was looked for, with the words that define them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import DemandCount, PageViews, ViewerMonth
from directory.usage.months import month_of

# A number smaller than this could point at a person; it is never shown.
LEAST_SHOWN = 5

DEFINITION = (
    "月間閲覧ユーザーは、その月（1日から末日まで、日本時間）に公開ページを1回以上見た人のおよその数です。",
    "同じ月のうちは、同じ回線の同じブラウザーから何回見ても1人と数えます。",
    "家族で1台を使うと1人に、1人が携帯電話とパソコンで見ると2人になります。",
    "検索ロボットなどの自動のプログラムと、職員のネットワークからの閲覧は数えません。",
    "IPアドレスは残しません。毎月つくりなおす鍵で読めない記号にかえて数え、月が終わると鍵も記号も消します。",
    "サイトを公開した日から数えています。途中で始まった月は、数え始めた日をあわせて示します。",
)
DEMAND_DEFINITION = (
    "さがされた回数を、用語（したいこと・種類・曜日など）と地域ごとに1か月でまとめたものです。",
    "入力された言葉そのものは残しません。命にかかわる言葉をふくむ検索は、まったく記録しません。",
    f"{LEAST_SHOWN}回より少ないものは表に出しません。見つからなかった回数が{LEAST_SHOWN}回より少ないときは空欄です。",
)


@dataclass(frozen=True)
class MonthlyViewers:
    """One month. `since`: the first day counted; `closed`: the month is over and the number final."""

    month: str
    viewers: int
    views: int
    since: date
    closed: bool
    pages: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Was it counted from its first day?"""
        return self.since.day == 1


@dataclass(frozen=True)
class DemandMonth:
    """How often a term was asked for in a month and 地域 ("": no 地域). `empty` None: too few to be told, not zero."""

    month: str
    area: str
    parameter: str
    term: str
    searches: int
    empty: int | None


def monthly_viewers(session: Session) -> tuple[MonthlyViewers, ...]:
    """All months counted, the newest first."""
    pages: dict[str, dict[str, int]] = defaultdict(dict)
    for row in session.execute(select(PageViews.__table__).order_by(PageViews.month, PageViews.page)):
        pages[row.month][row.page] = row.views
    months = session.execute(select(ViewerMonth.__table__).order_by(ViewerMonth.month.desc()))
    return tuple(
        MonthlyViewers(row.month, row.viewers, sum(pages[row.month].values()), row.since, row.closed, pages[row.month])
        for row in months
    )


def monthly_demand(session: Session) -> tuple[DemandMonth, ...]:
    """What was looked for: the newest month first, within it 地域 by 地域, the most wanted first.

    Only by whole months, so that nobody can take two periods from each other to find a small number.
    """
    sums: dict[tuple[str, str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in session.execute(select(DemandCount.__table__)):
        count = sums[month_of(row.day), row.area, row.parameter, row.term]
        count[0] += row.searches
        count[1] += row.empty
    shown = [
        DemandMonth(*key, searches, empty if empty == 0 or empty >= LEAST_SHOWN else None)
        for key, (searches, empty) in sums.items() if searches >= LEAST_SHOWN
    ]
    shown.sort(key=lambda row: (row.area, -row.searches, row.parameter, row.term))
    return tuple(sorted(shown, key=lambda row: row.month, reverse=True))
