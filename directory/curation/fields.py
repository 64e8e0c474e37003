"""Which fields of a listing can a person change, what does each hold, and which record does it belong to?

Keys are the importer's names (`service.name`, `listing.phone`, `schedules`), so a proposal of an import and the edit form
speak of the same things.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from directory.vocabulary import Vocabulary, offered

ORGANIZATION, SERVICE, LOCATION, LISTING = "organization", "service", "location", "listing"
# Records that several listings may share, and what a page calls each record.
SHARED = (ORGANIZATION, SERVICE, LOCATION)
RECORDS: Mapping[str, str] = {ORGANIZATION: "団体", SERVICE: "活動", LOCATION: "場所", LISTING: "この掲載"}

GROUPS: Mapping[str, str] = {
    "what": "どんなところ", "who": "だれが来られるか", "when": "日時", "where": "場所", "welcome": "はじめての方へ", "fees": "費用",
    "facilities": "設備・配慮", "roles": "できること", "contact": "連絡先", "run": "運営", "publication": "掲載のしかた",
}
Choices = Mapping[str, str]
STATES: Choices = {"unknown": "未確認", "none": "制限なし", "stated": "制限あり"}
FEE_STATES: Choices = {"unknown": "未確認", "none": "無料", "stated": "費用あり"}
APPLICATION: Choices = {"none": "予約不要", "phone": "電話で", "apply": "申込が必要"}
GENDERS: Choices = {"女性": "女性", "男性": "男性"}
PRECISIONS: Choices = {"building": "建物まで", "block": "番地まで", "town": "町丁目まで"}
ORGANIZATION_KINDS: Choices = {kind: kind for kind in (
    "市", "社協", "NPO", "自治会", "企業", "任意団体", "医療法人", "学校", "宗教法人", "個人")}
USUAL: Choices = {"people": "人数", "ages": "年代", "men": "男性の参加", "alone": "一人で来る人"}
FIRST_DAY: Choices = {
    "entrance": "入口", "ask_for": "声をかける相手", "self_introduction": "自己紹介", "leave_early": "途中で帰れるか", "bring": "持ち物",
    "sign_in": "記名・性別の記入",
}
PER: Choices = {per: per for per in ("毎回", "月", "年", "材料", "食事", "保険", "その他")}
STAGES: Choices = {"present": "いるだけ", "help": "手伝い", "role": "役割", "work": "就労"}
# What a curator can keep from the public of one listing (directory/listing_rows.py takes it out).
HIDEABLE: Choices = {
    "phone": "電話番号", "phone_hours": "電話してよい時間", "email": "メール", "web": "ウェブ", "description": "説明", "summary": "ひとこと",
    "easy_description": "やさしい日本語の説明", "place_name": "会場の名前", "town": "町名", "address_rest": "番地", "building": "建物",
    "travel_notes": "行き方", "usual": "ふだんの様子", "first_day": "はじめての日", "roles": "できること", "fees": "費用",
    "attributes": "設備", "age_text": "年齢の説明", "exclusion": "来られない方", "audience_text": "対象の説明", "meetings": "日時",
    "status_reason": "休止の理由",
}
# Kinds of field whose value is a list or a mapping of its own.
LISTS = frozenset((
    "list", "choices", "facts", "notes", "levels", "schedules", "closures", "fees", "attributes", "roles", "areas",
))
LONG = 4_000


@dataclass(frozen=True)
class Field:
    """One field. `staff`: never public. `choices`: a list of its own, or the name of one in the vocabulary.

    kind: text, kana, long, url, mail, phone, choice, yes_no (None = 未確認), number, decimal, point, date, link (the id of a
    record), or one of LISTS.
    """

    key: str
    label: str
    group: str
    kind: str = "text"
    record: str = LISTING
    staff: bool = False
    choices: Choices | str | None = None
    required: bool = False
    longest: int = 400

    @property
    def column(self) -> str:
        """The column that holds it, where one does."""
        return self.key.partition(".")[2] or self.key

    @property
    def is_column(self) -> bool:
        """Is it a column of its record (or a list in a table of its own)?"""
        return "." in self.key and self.key not in IN_TABLES


# Lists that live in tables of their own.
IN_TABLES = (
    "service.needs", "service.needs_secondary", "service.fees", "schedules", "closures", "attributes", "roles", "areas",
)
# What every place has: left empty, it stays as it is.
OF_EVERY_PLACE = frozenset(("location.zone", "location.masked"))
# location.exists: False is a visiting or telephone service.
EXISTS = "location.exists"
# What a proposal can say besides: not a field that is edited.
PROPOSED: Mapping[str, str] = {
    "status": "掲載の状態", "source_key": "もとの表での見分け", "listing.assured_date": "最終確認日",
}
STATUSES: Choices = {
    "draft": "下書き", "review": "確認待ち", "published": "掲載中", "paused": "休止中", "closed": "終わった",
}
# A よみ and the name it belongs to.
KANA: Mapping[str, str] = {
    f"{record}.name_kana": f"{record}.name" for record in (ORGANIZATION, SERVICE, LOCATION, LISTING)
}


def _rows() -> Iterator[Field]:
    yield from _what()
    yield from _who()
    yield from _where()
    yield from _practice()
    yield from _publication()


def _what() -> Iterator[Field]:
    yield Field("service.name", "活動の名前", "what", record=SERVICE, required=True)
    yield Field("service.name_kana", "活動の名前のよみ", "what", "kana", SERVICE)
    yield Field("listing.name", "この場所だけの呼び名", "what")
    yield Field("listing.name_kana", "この場所だけの呼び名のよみ", "what", "kana")
    yield Field("service.kind", "種類", "what", "choice", SERVICE, choices="kinds", required=True)
    yield Field("service.summary", "ひとことで言うと", "what", record=SERVICE, longest=80)
    yield Field("service.description", "説明", "what", "long", SERVICE, longest=LONG)
    yield Field("service.easy_description", "やさしい日本語の説明", "what", "long", SERVICE, longest=LONG)
    yield Field("service.needs", "かなうこと（主なもの）", "what", "choices", SERVICE, choices="needs")
    yield Field("service.needs_secondary", "かなうこと（そのほか）", "what", "choices", SERVICE, choices="needs")
    yield Field("service.languages", "使えることば", "what", "list", SERVICE)
    yield Field("listing.keywords", "探すときのことば", "what", "list", staff=True)


def _who() -> Iterator[Field]:
    yield Field("service.audience_text", "対象（書かれているとおり）", "who", "long", SERVICE, longest=LONG)
    for part, label in (("age", "年齢"), ("gender", "性別"), ("residency", "住んでいる所")):
        yield Field(f"service.{part}_state", f"{label}の制限", "who", "choice", SERVICE, choices=STATES, required=True)
    yield Field("service.minimum_age", "何歳から", "who", "decimal", SERVICE)
    yield Field("service.maximum_age", "何歳まで", "who", "decimal", SERVICE)
    yield Field("service.age_text", "年齢の説明", "who", record=SERVICE)
    yield Field("service.gender_only", "どちらの方だけか", "who", "choice", SERVICE, choices=GENDERS)
    yield Field("service.residency_text", "住んでいる所の説明", "who", record=SERVICE)
    yield Field("service.exclusion", "来られない方", "who", "long", SERVICE, longest=LONG)
    yield Field("service.application", "申込", "who", "choice", SERVICE, choices=APPLICATION)
    yield Field("service.steps", "参加するには（どの場所でも）", "who", "list", SERVICE)
    yield Field("listing.steps", "参加するには（ここだけ）", "who", "list")


def _where() -> Iterator[Field]:
    yield Field("schedules", "日時", "when", "schedules")
    yield Field("closures", "中止の日", "when", "closures")
    yield Field(EXISTS, "決まった場所がある", "where", "yes_no")
    yield Field("listing.service_area", "うかがう範囲", "where")
    for name, label, kind in (
        ("name", "会場の名前", "text"), ("name_kana", "会場の名前のよみ", "kana"), ("postal_code", "郵便番号", "text"),
        ("prefecture", "都道府県", "text"), ("municipality", "市区町村", "text"), ("town", "町名", "text"),
        ("address_rest", "番地", "text"), ("building", "建物", "text"), ("latitude", "緯度", "point"), ("longitude", "経度", "point"),
    ):
        yield Field(f"location.{name}", label, "where", kind, LOCATION, longest=LONGEST.get(name, 400))
    yield Field("location.precision", "地図の印の正確さ", "where", "choice", LOCATION, choices=PRECISIONS)
    yield Field("location.zone", "本土か島か", "where", record=LOCATION, longest=60)
    yield Field("location.travel_notes", "行き方", "where", "long", LOCATION, longest=LONG)
    yield Field("location.masked", "場所を地域までしか出さない", "where", "yes_no", LOCATION)
    yield Field("areas", "地域", "where", "areas")


def _practice() -> Iterator[Field]:
    yield Field("listing.welcome", "新しい方の受け入れ", "welcome", "choice", choices="welcome", required=True)
    yield Field("listing.usual", "ふだんの様子", "welcome", "facts", choices=USUAL)
    yield Field("listing.first_day", "はじめての日", "welcome", "facts", choices=FIRST_DAY)
    yield Field("listing.capacity_state", "枠", "welcome", "choice", choices="capacity")
    yield Field("listing.capacity_count", "あと何人", "welcome", "number")
    yield Field("listing.capacity_date", "枠を聞いた日", "welcome", "date")
    yield Field("service.fees_state", "費用", "fees", "choice", SERVICE, choices=FEE_STATES, required=True)
    yield Field("service.fees", "費用の内訳", "fees", "fees", SERVICE)
    yield Field("attributes", "設備と決まりごと", "facilities", "attributes", choices="attributes")
    yield Field("listing.pickup", "送迎", "facilities", "choice", choices="pickup")
    yield Field("listing.accommodations", "受け入れの配慮", "facilities", "choices", staff=True, choices="accommodations")
    yield Field("listing.loads", "負荷", "facilities", "levels", staff=True, choices="loads")
    yield Field("roles", "できること", "roles", "roles")


def _publication() -> Iterator[Field]:
    yield Field("listing.contact_public", "連絡先を公開する", "contact", "yes_no", required=True)
    yield Field("listing.phone", "電話番号", "contact", "phone")
    yield Field("listing.phone_extension", "内線", "contact", longest=60)
    yield Field("listing.phone_hours", "電話してよい時間", "contact")
    yield Field("listing.email", "メール", "contact", "mail")
    yield Field("listing.web", "ウェブ", "contact", "url")
    yield Field("listing.representative", "代表者", "contact", staff=True)
    yield Field("listing.mobile", "代表者の電話", "contact", "phone", staff=True)
    yield Field("organization.name", "団体の名前", "run", record=ORGANIZATION, required=True)
    yield Field("organization.name_kana", "団体の名前のよみ", "run", "kana", ORGANIZATION)
    yield Field("organization.kind", "団体の種類", "run", "choice", ORGANIZATION, choices=ORGANIZATION_KINDS)
    yield Field("organization.corporate_number", "法人番号", "run", record=ORGANIZATION, longest=13)
    yield Field("organization.description", "団体の説明", "run", "long", ORGANIZATION, longest=LONG)
    yield Field("organization.url", "団体のウェブ", "run", "url", ORGANIZATION)
    yield Field("listing.visibility", "公開範囲", "publication", "choice", choices="visibility", required=True)
    yield Field("listing.staff_fields", "職員だけが見る項目", "publication", "choices", staff=True, choices=HIDEABLE)
    yield Field("listing.consent_given", "掲載の同意", "publication", "yes_no", staff=True)
    yield Field("listing.consent_by", "同意した方", "publication", staff=True)
    yield Field("listing.consent_date", "同意の日", "publication", "date", staff=True)
    yield Field("listing.consent_fields", "同意のある項目", "publication", "choices", staff=True, choices=HIDEABLE)
    yield Field("listing.other_facts", "そのほか、もとの表にあったこと", "publication", "notes", staff=True)
    # Links to a record that is there already: the same hall, the same 団体.
    yield Field("service.organization_id", "団体（登録ずみ）", "run", "link", SERVICE, choices=ORGANIZATION)
    yield Field("listing.service_id", "活動（登録ずみ）", "what", "link", choices=SERVICE)
    yield Field("listing.location_id", "場所（登録ずみ）", "where", "link", choices=LOCATION)


LONGEST = {"postal_code": 8, "prefecture": 60, "municipality": 60}
FIELDS: Mapping[str, Field] = {field.key: field for field in _rows()}


def label_of(key: str) -> str:
    """What a page calls a field; a key nobody knows stands for itself."""
    return FIELDS[key].label if key in FIELDS else PROPOSED.get(key, key)


def offered_of(field: Field, vocabulary: Vocabulary, value: Any) -> Choices:
    """The choices a form offers: without retired ones, unless they are chosen already."""
    known, chosen = choices_of(field, vocabulary), [value] if isinstance(value, str) else value or ()
    if isinstance(field.choices, str) and field.kind != "link":
        terms = offered(getattr(vocabulary, field.choices), chosen)
        return {key: label for key, label in known.items() if key in terms}
    return known


def choices_of(field: Field, vocabulary: Vocabulary) -> Choices:
    """Key → label of what may be chosen; empty for a field without choices."""
    if isinstance(field.choices, str) and field.kind != "link":
        return {key: term.label for key, term in getattr(vocabulary, field.choices).items()}
    return field.choices if isinstance(field.choices, Mapping) else {}
