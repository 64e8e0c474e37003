"""Does the index find what people mean, however they write it?"""

import numpy as np
import pytest

from directory.text import Document, Lexicon, ParsedQuery, TextIndex, document_terms


@pytest.mark.parametrize("q, first", [
    ("ながすた", "ナガスタ"),
    ("ナガスタ", "ナガスタ"),
    ("ﾅｶﾞｽﾀ", "ナガスタ"),
    ("さろん", "ふれあいサロン ひだまり"),
    ("いきいき１００さい体操", "いきいき百歳体操 浅原げんき隊"),
    ("いきいき百歳体操", "いきいき百歳体操 浅原げんき隊"),
    ("百才体操", "いきいき百歳体操 浅原げんき隊"),
    ("いきいきひゃくさいたいそう", "いきいき百歳体操 浅原げんき隊"),
    ("たいそう", "いきいき百歳体操 浅原げんき隊"),
    ("ひとりぼっちでさみしい", "ふれあいサロン ひだまり"),
    ("つだ もっこう", "津田 木工の部屋"),
    ("茶道", "茶道の会"),
])
def test_a_word_finds_the_place_however_it_is_written(find, q, first):
    assert find(q)[0] == first


def test_words_are_anded(find):
    assert find("お茶 体操") == ["ふれあいサロン ひだまり"]


def test_an_excluded_word_takes_rows_away(find):
    assert "飲み会" in find("お茶")
    assert "飲み会" not in find("お茶 -お酒")


@pytest.mark.parametrize("q", ["「抹茶をたて」", "“抹茶をたて”", '"ﾏｯﾁｬ"', "『お酒は出ません』"])
def test_a_phrase_must_stand_exactly_so(find, q):
    assert find(q) == ([] if "ﾏｯﾁｬ" in q else ["茶道の会"])


def test_nothing_asked_is_every_row(find):
    assert len(find("")) == 6


def test_unknown_words_find_nothing_and_partial_finds_some(index, read):
    question = read("体操 ぺんぎん飼育")
    assert len(index.match(question).rows) == 0
    found = index.match(question, partial=True)
    assert found.partial and len(found.rows) == 2


def test_rows_ascend_and_scores_are_float32(index, read):
    found = index.match(read("体操"))
    assert found.rows.dtype == np.intp and found.scores.dtype == np.float32
    assert list(found.rows) == sorted(found.rows) and (found.scores > 0).all()


def test_reassembling_after_an_edit_equals_building_anew(read):
    texts = ["体操の会", "お茶の会", "木工の会"]
    lexicon = Lexicon()
    documents = [Document.encode(lexicon, document_terms({"name": text}), text) for text in texts]
    before = TextIndex.assemble(lexicon, documents)
    documents[1] = Document.encode(lexicon, document_terms({"name": "将棋の会"}), "将棋の会")
    after = TextIndex.assemble(lexicon, documents)
    anew = TextIndex.build([document_terms({"name": text}) for text in ("体操の会", "将棋の会", "木工の会")])

    for q in ("将棋", "会", "体操", "お茶"):
        one, other = after.match(read(q)), anew.match(read(q))
        assert one.rows.tolist() == other.rows.tolist() and one.scores.tolist() == other.scores.tolist()
    assert before.match(read("将棋")).rows.tolist() == []  # an edition in use does not change


def test_an_empty_index_answers(read):
    empty = TextIndex.build([])
    assert len(empty.match(read("体操")).rows) == 0
    assert len(empty.match(ParsedQuery("")).rows) == 0
    assert len(empty.match(read("体操 サロン"), partial=True).rows) == 0


def test_a_field_nobody_knows_is_refused():
    with pytest.raises(KeyError):
        document_terms({"nickname": "体操"})
