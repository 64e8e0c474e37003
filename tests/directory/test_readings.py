"""Is every kanji read as people here read it, or left alone where nobody can be sure?"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.readings import Ruby, align, ruby, ruby_of_name

# 食[た]べ物[もの]: a reading in brackets belongs to the kanji, numerals or ヶ before it.
MARKED = re.compile(r"([一-鿿々〆ヶ]+)\[([ぁ-ゖー]+)\]")


def shown(segments: tuple[Ruby, ...]) -> str:
    return "".join(f"{base}[{reading}]" if reading else base for base, reading in segments)


TEXTS = [
    # What the analyser or a hasty reader gets wrong
    "今日[きょう]は体操[たいそう]の日[ひ]です。", "火曜日[かようび]と毎週[まいしゅう]火曜[かよう]の午前[ごぜん]",
    "第[だい]2・4火曜[かよう]", "毎月[まいつき]第[だい]3日曜日[にちようび]", "15日と20日", "8月13日～16日",
    "14時[じ]30分～15時[じ]", "参加[さんか]費[ひ]100円[えん]", "３人で５分", "10名[めい]まで", "月・水・金", "土・日・祝",
    "佐伯[さいき]地域[ちいき]の行[い]ける場所[ばしょ]", "旧佐伯[さいき]町",
    "一人[ひとり]で来[く]る人[ひと]", "二人[ふたり]で", "一人[ひとり]暮[ぐ]らしの高齢[こうれい]者[しゃ]", "三か月", "何人",
    "人気[にんき]の教室[きょうしつ]", "生花と生[い]け花[ばな]", "一日", "上手な人[ひと]", "色紙", "工場", "市場",
    "通って行った", "車[くるま]いすで入れる", "開いています", "木の机[つくえ]",
    # 方: a person, a direction, or neither to be sure of
    "はじめての方[かた]へ", "男性[だんせい]の方[かた]も", "女性[じょせい]の方が多[おお]い", "南[みなみ]の方へ",
    # Places as the city reads them; others and people's names not at all
    "廿日市[はつかいち]市[し]", "串戸[くしど]の集会所[しゅうかいじょ]", "佐伯[さいき]", "吉和[よしわ]", "大野[おおの]",
    "宮島[みやじま]口[ぐち]", "地御前[じごぜん]", "津田[つた]", "阿品[あじな]", "四季[しき]が丘[おか]",
    "髙橋さん", "鈴木さんの家[いえ]",
    # Okurigana stay outside
    "食[た]べ物[もの]と飲[の]み物[もの]", "話[はな]し合[あ]い", "取[と]り次[つ]ぎ", "お茶[ちゃ]を飲[の]んで話[はな]す",
    "見[み]守[まも]り", "買[か]い物[もの]", "申[もう]し込[こ]み", "集[あつ]まり", "楽[たの]しい", "静[しず]かな部屋[へや]", "お金[かね]",
    # Ordinary words of notices
    "体操[たいそう]教室[きょうしつ]", "認知[にんち]症[しょう]カフェ", "居場所[いばしょ]", "相談[そうだん]窓口[まどぐち]",
    "民生委員[みんせいいいん]", "送迎[そうげい]があります", "子育[こそだ]て", "大人[おとな]", "私[わたし]", "平日[へいじつ]",
    "駐車[ちゅうしゃ]場[じょう]", "入口[いりぐち]は道路[どうろ]側のガラス戸", "青空[あおぞら]市[いち]", "三味線[しゃみせん]",
    "年末年始[ねんまつねんし]は休[やす]み", "広島県[ひろしまけん]",
    # Nothing to read
    "ボランティア", "ｶﾗｵｹ", "LINE", "0829-00-0100", "こども", "",
]


@pytest.mark.parametrize("marked", TEXTS)
def test_the_text_is_read_like_this(marked: str) -> None:
    assert shown(ruby(MARKED.sub(r"\1", marked))) == marked


NAMES = [
    ("いきいき百[ひゃく]歳[さい]体操[たいそう] 津田[つだ]つつじ会[かい]", "いきいきひゃくさいたいそう つだつつじかい"),
    ("いきいき100歳[さい]体操[たいそう]", "いきいきひゃくさいたいそう"),
    ("焼[や]き菓子[がし]工房[こうぼう]ゆうなぎ 午後[ごご]の部[ぶ]", "やきがしこうぼうゆうなぎ ごごのぶ"),
    ("NPO法人[ほうじん]ゆうなぎの台所[だいどころ]", "えぬぴーおーほうじんゆうなぎのだいどころ"),
    ("山里[やまざと]よろず便[びん] 栗栖[くりす]・中道[なかみち]", "やまざとよろずびん くりす なかみち"),
    ("さくら会[かい]（玖島[くじま]）", "さくらかい くじま"), ("青[あお]・空[そら]の会[かい]", "あお・そらのかい"),
    ("月見[つきみ]の会[え]", "つきみのえ"),
    ("大野[おおの]　花[はな]", "おおの　はな"),
    ("夜[よる]の数学[すうがく]べや（オンライン）", "よるのすうがくべや"),
    ("茶話[おしゃべり]会[かい]", "おしゃべりかい"),
    ("サロン 陽[ひなた]", "さろん ひなた"),
    # The よみ lacks a の: what is left of it for 大野 would be おお
    ("大野の家[おおのいえ]", "おおのいえ"), ("友田河原[ともたかわら]の芝広場[しばひろば]", "ともたかわらのしばひろば"),
    # The よみ is of something else: better nothing
    ("会", "x"), ("みどり会", None), ("みどり会", ""), ("百歳体操", "ひ"),
]


@pytest.mark.parametrize(("marked", "kana"), NAMES)
def test_a_name_is_read_as_its_own_kana_says(marked: str, kana: str | None) -> None:
    assert shown(ruby_of_name(MARKED.sub(r"\1", marked), kana)) == marked


def test_okurigana_are_matched_and_an_unclear_match_covers_the_whole_word() -> None:
    assert shown(align("食べ物", "たべもの")) == "食[た]べ物[もの]"
    assert shown(align("間々間", "ままま")) == "間々間[ままま]"
    assert shown(align("木のこ木", "このここ")) == "木[こ]のこ木[こ]"
    assert shown(align("母は母", "ははははは")) == "母は母[ははははは]"
    assert align("食べ物", "のみもの") is None
    assert align("就労訓練", "い") is None


WORDS = st.sampled_from([
    *(MARKED.sub(r"\1", text) for text in TEXTS), "\n", " ", "㍿", "か゛", "e\u0301", "👩‍👧", "ﾊﾟ", "<b>",
])


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map("".join)))
def test_nothing_of_a_text_is_lost_and_only_kanji_are_read(text: str) -> None:
    segments = ruby(text)
    assert "".join(base for base, _reading in segments) == text
    for base, reading in segments:
        if reading:
            assert re.fullmatch("[ぁ-ゖー]+", reading)
            assert re.search("[一-鿿々〆]", base) and not re.search(r"[\dA-Za-z]", base)


@given(st.text(max_size=30), st.text(alphabet="あいうかきくけこさしたなまのー ・", max_size=30))
def test_a_name_keeps_all_its_letters_whatever_its_kana(name: str, kana: str) -> None:
    segments = ruby_of_name(name, kana)
    assert "".join(base for base, _reading in segments) == name
    assert all(re.fullmatch("[ぁ-ゖー]+", reading) and not re.search(r"\d", base) for base, reading in segments if reading)
