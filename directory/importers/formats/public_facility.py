"""自治体標準オープンデータセット 公共施設一覧: v1 and the current edition."""

from directory.importers.registry import Format

FORMATS = [
    Format(
        "public_facility_v1", "自治体標準 公共施設一覧（v1）", public_contact=True, row_key=("id",),
        signature=("都道府県コード又は市区町村コード", "NO", "名称", "方書", "POIコード", "バリアフリー情報"),
    ),
    Format(
        "public_facility", "自治体標準 公共施設一覧", public_contact=True, row_key=("id",),
        signature=("全国地方公共団体コード", "ID", "名称", "所在地_連結表記", "利用可能時間特記事項", "車椅子可"),
    ),
]
