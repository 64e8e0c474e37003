"""What do departments call the columns of their lists? Our fields with every title seen for them, one row each.

A title is compared by `title_key`: half width, no dashes or long vowels (so コ―ド with U+2015 is コード), no brackets
around nothing, no spaces. Titles that mean something only in one format stand in that format's file.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

LEFT_OUT = re.compile(r"[\s_\-‐‑‒–—―−─ー・･:,、。.※*◎●○◯〇☆★\"'`]")
BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")


@dataclass(frozen=True)
class Field:
    """One thing a column can say: our name for it, its label, and the titles it goes by."""

    name: str
    label: str
    titles: tuple[str, ...]


def _field(name: str, label: str, titles: str) -> Field:
    return Field(name, label, tuple(titles.split()))


FIELDS: tuple[Field, ...] = (
    _field("id", "番号", "ID NO № No. 番号 整理番号 管理番号 施設番号 通し番号 連番 #property 項番"),
    _field("municipality_code", "全国地方公共団体コード",
           "全国地方公共団体コード 都道府県コード又は市区町村コード 都道府県コード又は市町村コード 市区町村コード 市町村コード 自治体コード"),
    _field("prefecture", "都道府県", "都道府県名 都道府県 所在地_都道府県"),
    _field("municipality", "市区町村", "市区町村名 市町村名 市区町村 市町村 所在地_市区町村"),
    _field("publisher", "公表した自治体", "地方公共団体名 自治体名"),
    _field("name", "名称",
           "名称 施設名 施設名称 事業所名 事業所名称 介護サービス事業所名称 名前 サロン名 サロン名称 会の名称 会名 グループ名 活動名 活動名称 "
           "教室名 講座名 行事名 イベント名 催し名 こども食堂名 子ども食堂名 食堂名 通いの場名 通いの場名称 カフェ名 クラブ名 老人クラブ名 サークル名 "
           "居場所名 要配慮者利用施設名称 事業名 店名 店舗名 name 施設の名称 サービス名"),
    _field("name_kana", "名称カナ",
           "名称_カナ 名称カナ 名称_かな フリガナ ふりがな よみがな 読み仮名 よみ カナ 施設名カナ 施設名_カナ 事業所名カナ 事業所名称_カナ イベント名_カナ "
           "介護サービス事業所名称_カナ 名称（カナ） 名称フリガナ name_kana"),
    _field("other_name", "別の名", "名称_通称 通称 略称 愛称"),
    _field("organization", "団体",
           "団体名 団体名称 法人の名称 法人名 法人名称 運営団体名 運営団体 運営主体 運営法人 実施主体 実施団体 主催者 主催 設置者 設置主体 経営主体 "
           "事業者名 運営者 運営"),
    _field("organization_kana", "団体カナ", "団体名_カナ 団体名カナ 運営団体名_カナ 法人名カナ"),
    _field("corporate_number", "法人番号", "法人番号"),
    _field("kind", "種類",
           "種別 区分 種類 分類 カテゴリ カテゴリー ジャンル サービスの種類 サービス種別 サービス種類 実施サービス 施設種別 施設区分 施設分類 活動の種類 "
           "活動種別 事業種別 service"),
    _field("address", "住所", "住所 所在地 所在地_連結表記 会場住所 開催場所住所 会場の住所 会場所在地 開催地 施設所在地 施設住所 address"),
    _field("town", "町字", "所在地_町字 町名 町字"),
    _field("address_rest", "番地", "所在地_番地以下 番地"),
    _field("building", "建物", "方書 方書（ビル名等） 建物名等(方書) 建物名 ビル名"),
    _field("postal_code", "郵便番号", "郵便番号 〒"),
    _field("place_name", "会場", "場所名称 会場 会場名 会場名称 開催場所 場所 活動場所 実施場所 開催会場 開催場所名"),
    _field("latitude", "緯度", "緯度 latitude lat"),
    _field("longitude", "経度", "経度 longitude lng lon"),
    _field("phone", "電話番号",
           "電話番号 電話 TEL 連絡先電話番号 連絡先電話 問合せ先電話番号 問い合わせ先電話番号 電話番号1 telephoneNumber 代表電話 施設電話番号"),
    _field("phone_extension", "内線", "内線番号 連絡先内線番号 内線"),
    _field("phone_hours", "電話してよい時間", "電話受付時間 受付時間 電話してよい時間 問合せ時間"),
    _field("email", "メール", "メールアドレス 連絡先メールアドレス 電子メール E-mail email メール メールアドレス1"),
    _field("url", "ウェブ", "URL ホームページ HP ウェブサイト ホームページアドレス ホームページURL サイトURL referenceObject website"),
    _field("contact", "問い合わせ先", "問合せ先 問い合わせ先 お問い合わせ先 お問合せ先 連絡先 申込先 問合せ・申込先 contact"),
    _field("representative", "代表者",
           "代表者 代表者名 代表者氏名 代表 世話人 世話人代表 世話人名 責任者 担当者 担当者名 担当者氏名 連絡先氏名 会長 会長名 リーダー 代表世話人 リーダー名"),
    _field("mobile", "代表者の電話",
           "携帯 携帯電話 携帯番号 携帯電話番号 代表者電話 代表者電話番号 代表者連絡先 担当者電話 担当者電話番号 担当者連絡先 世話人電話 代表者携帯 緊急連絡先"),
    _field("days", "曜日", "利用可能曜日 availableDate 開催曜日 曜日 活動曜日 実施曜日 開設曜日 開所曜日 営業曜日"),
    _field("start_time", "開始時間", "開始時間 開始時刻 開催開始時間 startTime"),
    _field("end_time", "終了時間", "終了時間 終了時刻 開催終了時間 endTime"),
    _field("schedule_note", "日時の特記事項",
           "利用可能時間特記事項 利用可能日時特記事項 利用可能曜日特記事項 開催日時特記事項 開始日時特記事項 availableDateNote"),
    _field("schedule", "日時",
           "日時 開催日時 活動日時 活動日 開催日 実施日 開催日程 実施日時 開設日時 開設日 開館日 開所日 日程 活動日・時間 開催日・時間 営業日 実施曜日・時間 日時・曜日"),
    _field("hours", "時間", "時間 活動時間 開催時間 実施時間 開設時間 開所時間 開館時間 営業時間 利用時間 時刻"),
    _field("start_date", "開始日", "開始日"),
    _field("end_date", "終了日", "終了日"),
    _field("closed", "休みの日", "休館日 休業日 定休日 休所日 お休み"),
    _field("frequency", "頻度", "開催頻度 頻度 開催回数 実施回数 活動頻度"),
    _field("description", "内容", "説明 内容 活動内容 事業内容 概要 活動概要 主な活動内容 主な活動 紹介 支援内容 設置目的 サービス内容 description"),
    _field("audience", "対象", "対象 対象者 参加条件 利用対象 参加資格 対象となる方 参加対象 参加できる方"),
    _field("ages", "年齢", "受入年齢 対象年齢 年齢"),
    _field("fees", "費用", "料金 参加費 費用 会費 利用料 利用料金 参加料 受講料 料金（基本） 参加費用 自己負担"),
    _field("fees_note", "費用の説明", "料金（詳細） 参加費特記事項"),
    _field("application", "申込", "申込 申込方法 予約 予約方法 参加申込方法 申込み 申し込み 予約の要否 事前申込 申込の要否 予約の有無"),
    _field("travel", "行き方", "アクセス方法 アクセス 交通 交通手段 交通アクセス 行き方 最寄り駅 最寄りバス停"),
    _field("pickup", "送迎", "送迎 送迎の有無 送迎有無"),
    _field("parking", "駐車場", "駐車場 駐車場情報 駐車場の有無"),
    _field("wheelchair", "車いす", "車椅子可 車いす 車いす可 車椅子 車椅子対応 車いす対応"),
    _field("accessible_toilet", "多目的トイレ", "バリアフリートイレ 多目的トイレ 多機能トイレ 車椅子使用者用トイレ有無"),
    _field("writing", "筆談", "筆談対応 筆談"),
    _field("sign_language", "手話", "手話 手話対応 手話通訳"),
    _field("area_region", "地域", "地域 圏域 日常生活圏域 地域名"),
    _field("area_school", "小学校区", "小学校区 学区 校区 小学校"),
    _field("area_district", "地区", "地区 地区名 自治会 町内会"),
    _field("area_welfare", "民生委員担当区", "民生委員担当区 民生委員担当地区"),
    _field("visibility", "公開範囲", "公開 公開可否 公開の可否 掲載可否 公開範囲 HP掲載 ホームページ掲載 一般公開 公表 公表の可否"),
    _field("venue_kind", "会場の種類", "会場種別 会場区分 会場の種類"),
    _field("people", "人数", "参加人数 人数 参加者数 平均参加人数 会員数"),
    _field("usual_ages", "年代", "年代 参加者の年代 年齢層"),
    _field("bring", "持ち物", "持ち物 持参品"),
    _field("welcome", "新しい方の受け入れ", "新規受入 新規参加 新規の受入 新規参加者 受け入れ 新しい方の受け入れ 参加者募集"),
    _field("assured", "最終確認日", "最終確認日 確認日 確認年月日"),
    _field("keywords", "キーワード", "キーワード タグ"),
)
LABELS: Mapping[str, str] = {field.name: field.label for field in FIELDS}


def title_key(title: str) -> str:
    """The spelling under which titles are compared."""
    return LEFT_OUT.sub("", unicodedata.normalize("NFKC", title).casefold())


def _titles() -> dict[str, str]:
    return {title_key(title): field.name for field in reversed(FIELDS) for title in field.titles}


TITLES: Mapping[str, str] = _titles()


def field_of(title: str, extra: Mapping[str, str] | None = None) -> str | None:
    """The field a column title stands for: as written, or without what is in brackets; None = not known."""
    for spelling in (title_key(title), title_key(BRACKETS.sub("", unicodedata.normalize("NFKC", title)))):
        if extra and spelling in extra:
            return extra[spelling]
        if spelling in TITLES:
            return TITLES[spelling]
    return None
