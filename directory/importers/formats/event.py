"""自治体標準オープンデータセット イベント一覧: v1 and the current edition."""

from directory.importers.registry import Format

FORMATS = [
    Format(
        "event_v1", "自治体標準 イベント一覧（v1）", public_contact=True, row_key=("id",), kind="course_event",
        signature=("都道府県コード又は市区町村コード", "NO", "イベント名", "開始日", "終了日", "場所名称", "主催者"),
    ),
    Format(
        "event", "自治体標準 イベント一覧", public_contact=True, row_key=("id",), kind="course_event",
        signature=("全国地方公共団体コード", "ID", "イベント名", "開始日"),
    ),
]
