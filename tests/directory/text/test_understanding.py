"""Which words become filters, which become hints, and which stay words?"""

import pytest


def chips(parsed):
    return {chip.key for chip in parsed.chips}


@pytest.mark.parametrize("q, expected", [
    ("水曜の午前に佐伯で体操できるところ", {"day:wed", "time:morning", "area:佐伯"}),
    ("水曜　午前　佐伯　体操", {"day:wed", "time:morning", "area:佐伯"}),
    ("火・木の午後", {"day:tue", "day:thu", "time:afternoon"}),
    ("第2火曜", {"day:tue2"}), ("第2・4火曜", {"day:tue2+tue4"}), ("毎週火", {"day:tue"}),
    ("毎週火", {"day:tue"}),
    ("汗を流す", set()),
    ("土日", {"day:sat+sun"}),
    ("平日の夜", {"day:mon+tue+wed+thu+fri", "time:night"}),
    ("車椅子で入れる 無料", {"wheelchair:yes", "cost:free"}),
    ("300円以内", {"cost:300"}),
    ("1,000円まで", {"cost:1000"}),
    ("13時半から", {"from:13:30"}),
    ("午後3時まで", {"until:15:00"}),
    ("25時から", set()),
    ("子どもを連れて行ける", {"with_child:yes"}),
    ("送迎あり", {"pickup:service"}),
    ("今週末", {"when:this_weekend"}),
    ("11月25日", {"date:2026-11-25"}),
    ("11月23日", {"date:2027-11-23"}),
    ("2/30", set()),
    ("あさって", {"date:2026-11-26"}),
    ("串戸の近くでお茶", {"near:串戸"}),
    ("さいき", {"area:佐伯"}),
    ("大野中央", set()),
    ("茶道", set()),
    ("朝市", set()),
    ("朝ごはん", set()),
    ("夜がさびしい", set()),
    ("夜泣き", set()),
    ("無料塾", set()),
    ("バリアフリー", {"wheelchair:yes"}),
    ("フリーマーケット", set()),
    ("水", {"day:wed"}),
    ("水泳", set()),
    ("飲み水", set()),
    ("DVD", set()),
])
def test_words_that_mean_a_filter_and_words_that_do_not(read, q, expected):
    assert chips(read(q)) == expected


def test_a_filter_is_shown_in_the_words_of_the_question(read):
    chip, = read("ｽｲﾖｳﾋﾞ").chips or read("すいようび").chips
    assert chip.label == "水曜"
    assert read("水曜日").chips[0].words == "水曜日"
    assert read("１３時半から").chips[0].words == "１３時半から"


def test_a_recognised_word_is_no_longer_required_but_still_scores(read):
    parsed = read("水曜 体操")
    assert [group.words for group in parsed.required] == ["体操"]
    assert "水曜" in [group.words for group in parsed.optional]


def test_the_resident_may_want_the_word_and_not_the_filter(read):
    parsed = read("水曜 体操", not_filters=frozenset({"day:wed"}))
    assert chips(parsed) == set()
    assert [chip.key for chip in parsed.plain] == ["day:wed"]
    assert {group.words for group in parsed.required} == {"水曜", "体操"}


@pytest.mark.parametrize("q, key", [
    ("ひとりぼっちでさみしい", "k:need:company"),
    ("寂しくて", "k:need:company"),
    ("車がないけど行けるところ", "k:kind:shopping_transport"),
    ("介護で疲れています", "k:kind:carers_group"),
    ("行くとこがないんよ", "k:need:belonging"),
    ("老人会", "k:kind:seniors_club"),
    ("オレンジカフェ", "k:kind:dementia_cafe"),
])
def test_everyday_words_look_for_needs_and_kinds(read, q, key):
    terms = {term for group in read(q).required for member in group.members for term in member.terms}
    assert key in terms


def test_what_was_searched_besides_is_said_aloud(read):
    assert read("ひとりぼっち").aloud == ("ひとりぼっち",)
    assert read("ゴミ屋敷").aloud == ("住まいと片づけの相談",)


@pytest.mark.parametrize("q, required", [
    ("体操できるところを教えてください", {"体操"}),
    ("囲碁がしたいんですが", {"囲碁"}),
    ("楽しく卓球をしたい", {"卓球"}),
    ("近くのサロン", {"サロン"}),
    ("もえるごみの日", {"ごみ"}),
])
def test_function_words_and_verbs_of_a_sentence_are_not_required(read, q, required):
    assert {group.words for group in read(q).required} == required


@pytest.mark.parametrize("q", ["どこ", "行きたい", "人", "の"])
def test_a_question_of_asking_words_only_is_still_answered(read, q):
    parsed = read(q)
    assert parsed.text == q
