"""Is a slip of the finger put right, and only into something that can be found?"""

import pytest

from directory.text import suggestions


@pytest.mark.parametrize("q, expected", [
    ("大層", "体操"),  # the wrong word of the same sound
    ("さろおん", "サロン"),
    ("にんちしょかふぇ", "認知症カフェ"),
    ("なかすた", "ナガスタ"),
    ("サロソ", "サロン"),
])
def test_words_that_sound_alike_are_suggested(read, index, vocabulary, q, expected):
    found = suggestions(read(q), index, vocabulary)
    assert any(expected in other or other in expected for other in found), found


def test_only_the_unknown_word_is_replaced(read, index, vocabulary):
    found = suggestions(read("体操 さろおん"), index, vocabulary)
    assert found and all(other.startswith("体操 ") for other in found)


def test_words_that_were_found_are_left_alone(read, index, vocabulary):
    assert suggestions(read("体操"), index, vocabulary) == ()


@pytest.mark.parametrize("q", ["フェリー", "宮島 フェリー", "カヌー", "ボウリング", "乗馬", "ぎおん", "ヨカ"])
def test_a_word_of_its_own_or_a_short_one_is_not_taken_for_a_slip(read, index, vocabulary, q):
    assert suggestions(read(q), index, vocabulary) == ()


def test_words_the_page_avoids_are_never_suggested(read, index, vocabulary):
    assert not any("ゴミ屋敷" in other for other in suggestions(read("ごみやひき"), index, vocabulary))
