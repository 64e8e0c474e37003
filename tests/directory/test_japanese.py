"""Do the spellings of a word meet, and do offsets point into the text as it was written?"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.japanese import (
    compounds,
    fold,
    normalise,
    normalise_with_offsets,
    original_span,
    reading,
    tokens,
)

written = st.text(st.one_of(st.characters(), st.sampled_from("あカｶﾞﾊﾟー－-～「」１①㍿がが四季ヶ丘 　\n\0")), max_size=60)


def words(text: str) -> list[str]:
    return [fold(token.normal) for token in tokens(text) if token.part[0] not in {"空白", "補助記号"}]


@pytest.mark.parametrize("spellings", [
    ("こども", "子ども", "子供", "コドモ"),
    ("車いす", "車椅子", "車イス"),
    ("ひきこもり", "引きこもり", "引き籠もり", "ヒキコモリ"),
    ("ﾊﾝｶｸ", "ハンカク"),
    ("いきいき百歳体操", "いきいき１００さい体操", "いきいき100歳体操", "いきいき百才体操"),
    ("寂しい", "さみしい", "淋しい"),
    ("サ－ビス", "サービス", "ｻｰﾋﾞｽ"),
    ("障がい者", "障害者"),
    ("四季が丘", "四季ヶ丘", "四季ケ丘"),
    ("廿日市", "二十日市"),
])
def test_spellings_of_a_word_have_one_normal_form(spellings):
    assert len({tuple(words(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize("one, other", [
    ("ナガスタ", "ながすた"), ("Ｄカフェ", "dかふぇ"), ("四季ヶ丘", "四季が丘"), ("嚴島", "厳島"), ("“百歳”", '"百歳"'),
])
def test_fold_makes_scripts_and_shapes_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text, spoken", [
    ("廿日市市の集会所", "はつかいちしのしゅうかいじょ"), ("串戸", "くしど"), ("津田", "つた"), ("四季が丘上", "しきがおかかみ"),
    ("今日は火曜日", "きょうはかようび"),
])
def test_places_and_notices_are_read_as_the_city_reads_them(text, spoken):
    assert reading(text) == spoken


@pytest.mark.parametrize("text, spoken", [
    ("15日", "15日"), ("3人", "3人"), ("10分", "10分"), ("100歳", "100さい"), ("4月", "4月"),
])
def test_numbers_are_never_read_aloud_wrongly(text, spoken):
    assert reading(text) == spoken


def test_a_town_finds_its_parts():
    assert [token.surface for token in tokens("阿品台北")] == ["阿品台", "北"]
    assert [token.surface for token in tokens("阿品台北", "C")] == ["阿品台北"]


@given(written)
@settings(deadline=None)
def test_normalising_twice_changes_nothing_and_offsets_fit(text):
    normalised, offsets = normalise_with_offsets(text)

    assert normalised == normalise(text)
    assert normalise(normalised) == normalised
    assert len(fold(text)) == len(normalised)
    assert len(offsets) == len(normalised) + 1
    assert offsets == sorted(offsets) and offsets[-1] == len(text)


@given(written)
@settings(deadline=None, max_examples=60)
def test_any_text_is_cut_into_words_at_their_own_places(text):
    for whole, parts in compounds(text):
        assert normalise(text[whole.start:whole.end]).strip() == whole.surface.strip()
        assert parts[0].start == whole.start and parts[-1].end == whole.end
    assert isinstance(reading(text), str)


def test_a_letter_that_became_several_is_marked_whole():
    normalised, offsets = normalise_with_offsets("会社㍿です")
    at = normalised.index("式")
    assert original_span(offsets, at, at + 1) == (2, 3)


def test_a_very_long_text_is_cut_too():
    assert len(tokens("体操とお茶。" * 10_000)) >= 30_000


def test_many_threads_may_ask_at_once():
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: tuple(tokens("水曜の午前に佐伯で体操")), range(400)))
    assert len(found) == 1


def test_processes_that_start_together_share_the_compiled_places(tmp_path):
    program = "from directory.japanese import reading; print(reading('廿日市市'))"
    started = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True,
                         env={"YORIDOKORO_INSTANCE": str(tmp_path), "PATH": "", "PYTHONIOENCODING": "utf-8"})
        for _ in range(2)
    ]
    assert {process.communicate(timeout=120)[0].strip() for process in started} == {"はつかいちし"}
    assert len(list((tmp_path / "cache").iterdir())) == 1
