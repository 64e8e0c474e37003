"""自治体標準オープンデータセット 介護サービス事業所一覧: v1 and the current edition."""

from directory.importers.registry import Format

FORMATS = [
    Format(
        "care_service_v1", "自治体標準 介護サービス事業所一覧（v1）", public_contact=True, kind="care_provider",
        row_key=("id", "kind"),
        signature=("都道府県コード又は市区町村コード", "介護サービス事業所名称", "実施サービス", "事業所番号"),
    ),
    Format(
        "care_service", "自治体標準 介護サービス事業所一覧", public_contact=True, kind="care_provider", row_key=("id", "kind"),
        signature=("全国地方公共団体コード", "ID", "介護サービス事業所名称", "実施サービス"),
    ),
]
