"""こども食堂一覧 (東京都 and others): opening days, fees by age, reservation, with the common columns."""

from directory.importers.registry import Cells, Format
from directory.importers.tables import Row

AGE_FEES = {
    "参加費_幼児": "幼児", "参加費_小学生": "小学生", "参加費_中学生": "中学生", "参加費_高校生": "高校生", "参加費_大人": "大人",
}


def _fees_by_age(cells: Cells, row: Row) -> None:
    """The five fee columns as one list for whom → cell."""
    fees = {who: row.cells[title] for title, who in AGE_FEES.items() if row.cells.get(title) not in (None, "")}
    if fees:
        cells["fees_by_age"] = fees


FORMAT = Format(
    "kodomo_shokudo", "こども食堂一覧", public_contact=True, kind="kodomo_shokudo", row_key=("id",),
    signature=("全国地方公共団体コード", "ID", "名称", "開催頻度", "開催曜日", "参加費_大人"),
    titles={title: f"fees_{who}" for title, who in AGE_FEES.items()} | {
        "開催日": "open_days", "予約特記事項": "application_note", "学区": "area_school",
    },
    adjust=_fees_by_age,
)
