"""Can any text make the parser fail or stall?"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.text import excerpt, highlight, suggestions

HOSTILE = {
    "long": "体操" * 100_000,
    "quotes": '"「『' * 2_000,
    "minus": "-" * 4_000,
    "minus words": "-a " * 4_000,
    "brackets": "(" * 4_000,
    "full-width spaces": "　" * 4_000,
    "letters": " ".join("あいうえおかきくけこさしすせそ" * 20),
    "digits": "1" * 4_000,
    "times": "1時から" * 100,
    "marks": "﷽" * 300,
    "combining": "か" + "\u3099" * 4_000,
    "surrogates": "\ud800体操\udfff",
    "nul": "体\0操",
    "emoji": "👩‍👩‍👧‍👦" * 300,
}


@pytest.mark.parametrize("q", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_no_time(read, index, vocabulary, q):
    read("体操")  # dictionaries are loaded
    started = time.process_time()
    parsed = read(q)
    index.match(parsed)
    index.match(parsed, partial=True)
    assert time.process_time() - started < 0.25
    assert len(parsed.text) <= 200 and len({group.words for group in parsed.groups}) <= 20


def test_a_cut_question_says_so(read):
    assert read("あ" * 201).truncated and not read("体操").truncated


text = st.text(st.one_of(st.characters(), st.sampled_from("水曜火・木午前体操「」\"-- 　ーつだ1時から円")), max_size=80)


@given(q=text, written=text)
@settings(deadline=None, max_examples=60)
def test_any_question_over_any_text_is_answered(read, index, vocabulary, q, written):
    parsed = read(q)
    index.match(parsed)
    suggestions(parsed, index, vocabulary)
    assert "".join(segment.text for segment in highlight(written, parsed)) == written
    assert len("".join(segment.text for segment in excerpt(written, parsed, 20))) <= 40
