"""厚生労働省 介護サービス情報公表システム オープンデータ: one row an office and service, a whole country in one file."""

from directory.importers.registry import Format

FORMAT = Format(
    "mhlw_care", "厚生労働省 介護サービス事業所", public_contact=True, kind="care_provider",
    # One office number serves several services: only both together name a row.
    row_key=("id", "kind"),
    signature=("都道府県コード又は市町村コード", "No", "事業所名", "サービスの種類", "事業所番号", "利用可能曜日特記事項"),
)
