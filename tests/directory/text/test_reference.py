"""Does the sparse index find the same rows in the same order as Whoosh?"""

from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from directory.text import Group, Member, ParsedQuery, TextIndex
from directory.text.analysis import FIELDS
from directory.text.reference import WhooshReference

TERMS = [f"w:{letter}" for letter in "あいうえおかきくけこ"]
terms = st.sampled_from(TERMS)
documents = st.lists(
    st.dictionaries(st.sampled_from([field.name for field in FIELDS]), st.lists(terms, max_size=20), max_size=3),
    min_size=1, max_size=12,
)
members = st.builds(
    Member, st.lists(terms, min_size=1, max_size=3, unique=True).map(tuple), st.sampled_from([1.0, 0.9, 0.6, 0.12]))
groups = st.builds(
    Group, st.just("言葉"), st.lists(members, min_size=1, max_size=4).map(tuple), st.just(True))
optional = st.builds(
    Group, st.just("言葉"), st.lists(members, min_size=1, max_size=3).map(tuple), st.just(False))
questions = st.builds(
    lambda required, helping: ParsedQuery("問い", (*required, *helping)),
    st.lists(groups, min_size=1, max_size=3), st.lists(optional, max_size=2),
)


def whoosh(corpus):
    """Whoosh over the same documents."""
    reference = WhooshReference()
    for row, terms in enumerate(corpus):
        reference.add(row, terms)
    reference.ready()
    return reference


@given(documents, questions)
@settings(max_examples=25, deadline=None)
def test_same_rows_and_same_order_as_whoosh(corpus, question):
    expected = whoosh(corpus).scores(question)
    found = TextIndex.build(corpus).match(question)
    ours = dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True))

    assert ours.keys() == expected.keys()
    assert ours == approx(expected, rel=1e-4)


@given(st.integers(1, 3000))
@settings(max_examples=8, deadline=None)
def test_long_fields_are_measured_as_whoosh_measures_them(length):
    corpus = [{"description": ["w:あ"] + ["w:い"] * length}, {"description": ["w:あ"]}]
    question = ParsedQuery("あ", (Group("あ", (Member(("w:あ",), 1.0),)),))
    expected = whoosh(corpus).scores(question)
    found = TextIndex.build(corpus).match(question)

    assert dict(zip(found.rows.tolist(), found.scores.tolist(), strict=True)) == approx(expected, rel=1e-4)
