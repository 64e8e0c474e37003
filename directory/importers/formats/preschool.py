"""自治体標準オープンデータセット 子育て施設一覧: v1 and the current edition."""

from directory.importers.registry import Format

FORMATS = [
    Format(
        "preschool_v1", "自治体標準 子育て施設一覧（v1）", public_contact=True, row_key=("id",),
        signature=("都道府県コード又は市区町村コード", "NO", "名称", "種別", "受入年齢", "収容定員", "一時預かりの有無"),
    ),
    Format(
        "preschool", "自治体標準 子育て施設一覧", public_contact=True, row_key=("id",),
        signature=("全国地方公共団体コード", "ID", "名称", "所在地_連結表記", "種別", "受入年齢", "一時預かりの有無"),
    ),
]
