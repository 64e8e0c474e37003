"""Does a condition come off cleanly, in the words and in the URL?"""

import pytest

from directory.search.chips import cut_out


@pytest.mark.parametrize(("text", "words", "left"), [
    ("水曜 午前 佐伯 体操", "水曜", "午前 佐伯 体操"),
    ("水曜の午前に佐伯で体操", "水曜", "午前に佐伯で体操"),
    ("水曜の午前に佐伯で体操", "午前", "水曜 佐伯で体操"),
    ("水曜の午前に佐伯で体操", "佐伯", "水曜の午前に 体操"),
    ("車いすの母と行ける所", "母", "車いす 行ける所"),
    ("体操　水曜", "水曜", "体操"),
    ("ﾊﾟｿｺﾝ　１３時から", "13時から", "パソコン"),
    ("体操", "水曜", "体操"),
    ("水曜", "水曜", ""),
])
def test_words_are_cut_out_with_what_hangs_on_them(text, words, left):
    assert cut_out(text, words) == left
