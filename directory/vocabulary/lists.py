"""Which lists of words can the curation desk change, and what does an entry of each consist of? One row of LISTS a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Kinds of field
WORDS, TEXT, KANA, LABELS, WEIGHTS, LEVEL, WITHIN = "words", "text", "kana", "labels", "weights", "level", "within"
LANGUAGES: Mapping[str, str] = {
    "en": "英語", "zh-Hans": "中国語", "ko": "韓国語", "vi": "ベトナム語", "pt": "ポルトガル語",
}
# Levels of a place the desk may add; a city and its areas are made of more than a name.
LEVELS: Mapping[str, str] = {
    "town": "町・大字", "aza": "字", "school_district": "小学校区", "station": "駅・停留所", "landmark": "目じるし・施設",
}


@dataclass(frozen=True)
class WordField:
    """One field of an entry. `new_only`: asked when an entry is added, then fixed. `of`: the list that weights are given to."""

    name: str
    label: str
    kind: str = WORDS
    hint: str = ""
    required: bool = False
    new_only: bool = False
    of: str = ""


@dataclass(frozen=True)
class WordList:
    """One list: its file, and how its entries are named.

    `keyed`: entries are a mapping; otherwise a list whose entries are named by `name`. `within`: the part of the file.
    `adds`: what the button says that adds an entry ("" where none can be added). `drops`: an entry can be taken out;
    `retires`: it can be taken from the forms but goes on being known; `merges`: it can go into another.
    """

    key: str
    label: str
    file: str
    about: str
    fields: tuple[WordField, ...]
    keyed: bool = True
    within: str = ""
    name: str = ""
    adds: str = ""
    drops: bool = False
    retires: bool = False
    merges: bool = False

    @property
    def is_terms(self) -> bool:
        """Full terms with names in several languages."""
        return any(field.kind == LABELS for field in self.fields)


TERM = (
    WordField("label", "名前", TEXT, "利用者のページに出る名前です。", required=True),
    WordField("kana", "よみ", KANA, "ひらがなで。", required=True),
    WordField("sentence", "ひとこと", TEXT, "どんなところか、1文で。種類の一覧に出ます。", required=True),
    WordField("easy", "やさしい日本語", TEXT, "ことばの間をあけて、短く。", required=True),
    WordField("synonyms", "ほかの言い方（1行に1つ）", WORDS, "この言い方で探しても、見つかるようになります。"),
    WordField("labels", "ほかの言語の名前", LABELS, "わからないところは、空けておけます。日本語の名前が出ます。"),
)
EVERYDAY = (
    WordField("say", "ことば", TEXT, "人が口にするとおりに。例：手を動かしたい", required=True, new_only=True),
    WordField("also", "ほかの言い方（1行に1つ）", WORDS, "同じ気持ちや困りごとを言う、ほかの言い方。"),
    WordField("near", "手がかりの言葉（1行に1つ）", WORDS, "紹介文にこの言葉がある場所を、上に並べます。なくてもかまいません。"),
    WordField("needs", "近い求め", WEIGHTS, of="needs"),
    WordField("kinds", "近い種類", WEIGHTS, of="kinds"),
    WordField("attributes", "近い設備・決まりごと", WEIGHTS, of="attributes"),
)
URGENT = (
    WordField("phrases", "緊急のことば（1行に1つ）", WORDS, "この言葉があると、結果の上に相談先が出ます。", required=True),
    WordField("other_languages", "ほかの言語の言い方（1行に1つ）", WORDS, "英語などは、言葉のまとまりで探します。"),
    WordField("not_when", "相談先を出さない言い方（1行に1つ）", WORDS, "「虐待」に対する「動物虐待」のように、別の話のとき。"),
)
PLACES = (
    WordField("name", "地名", TEXT, required=True, new_only=True),
    WordField("kana", "よみ", KANA, "ひらがなで。", required=True, new_only=True),
    WordField("level", "どんな地名か", LEVEL, required=True, new_only=True),
    WordField("within", "どの地域か", WITHIN, new_only=True),
    WordField("typed", "まちがえやすい書き方（1行に1つ）", WORDS, "この地名のつもりで打たれる、ほかの書き方や古い名前。"),
    WordField("also_kana", "ほかの読み方（1行に1つ）", WORDS, "ひらがなで。まちがった読みでも、見つかるようになります。"),
)

LISTS: Mapping[str, WordList] = {one.key: one for one in (
    WordList("kinds", "種類", "kinds.yml", "掲載を分ける種類です。名前とひとことは、利用者のページにも出ます。", TERM,
             adds="新しい種類", retires=True, merges=True),
    WordList("needs", "求め", "needs.yml", "探している人が求めていることです。掲載にも、相談の記録にも使います。", TERM,
             adds="新しい求め", retires=True),
    WordList("attributes", "設備・決まりごと", "attributes.yml", "場所ごとに「はい・いいえ・未確認」で答えることです。", TERM),
    WordList("everyday", "生活のことば", "everyday_words.yml", "ふだんの言い方を、求めや種類につなぎます。", EVERYDAY,
             keyed=False, name="say", adds="新しいことば", drops=True),
    WordList("urgent", "緊急のことば", "urgent.yml", "この言葉があると、検索の結果の上に相談先が出ます。", URGENT, within="groups"),
    WordList("places", "地名", "place_readings.yml",
             "地名の、まちがえやすい書き方と読み方です。検索の言葉と、取り込む一覧の住所の町名を読むときに使います。", PLACES,
             keyed=False, name="name", adds="新しい地名", drops=True),
)}
LIST_OF: Mapping[str, WordList] = {one.file: one for one in LISTS.values()}
