"""Are the words found marked in the text as it was written?"""

import pytest

from directory.text import Segment, excerpt, highlight

TEXT = "津田の広場に九人ほどが寄ります。前の日に電話をもらえば車が家の前まで行きます。体操は椅子に座ったままの四十分です。車椅子の方もどうぞ。"


def marked(segments):
    return [segment.text for segment in segments if segment.matched]


@pytest.mark.parametrize("q, text, found", [
    ("体操", TEXT, ["体操"]),
    ("たいそう", TEXT, ["体操"]),
    ("車いす", TEXT, ["車椅子"]),
    ("ながすた", "ナガスタのお店", ["ナガスタ"]),
    ("サロン", "ﾌﾚｱｲｻﾛﾝ", ["ﾌﾚｱｲｻﾛﾝ"]),
    ("百才体操", "いきいき百歳体操", ["百歳体操"]),
    ("介護者", "介護者の会", ["介護者"]),
    ("体操", "<b>体操</b>", ["体操"]),
    ("なにもない", "体操の会", []),
    ("", TEXT, []),
])
def test_words_are_marked_as_written(read, q, text, found):
    segments = highlight(text, read(q))
    assert "".join(segment.text for segment in segments) == text
    assert list(marked(segments)) == found or all(piece in "".join(marked(segments)) for piece in found)


def test_an_excerpt_shows_the_words_found(read):
    segments = excerpt(TEXT * 3, read("体操"), 30)
    assert "体操" in marked(segments)
    assert segments[0] == Segment("…", False) and segments[-1] == Segment("…", False)
    assert len("".join(segment.text for segment in segments)) <= 50


def test_an_excerpt_of_a_text_without_the_words_is_its_beginning(read):
    assert "".join(segment.text for segment in excerpt(TEXT, read("囲碁"), 20)) == TEXT[:20] + "…"


def test_a_short_text_is_shown_whole(read):
    assert "".join(segment.text for segment in excerpt("体操の会", read("体操"), 80)) == "体操の会"


def test_an_empty_text_has_no_segments(read):
    assert highlight("", read("体操")) == () and excerpt("", read("体操")) == ()
