"""Is the table of 困りごと whole, and is a mistake in it told with its place?"""

from pathlib import Path

import pytest

from directory.consulting import load_guide
from directory.errors import InvalidSettings
from directory.vocabulary import load_vocabulary

DATA = Path(__file__).parents[2] / "data"
VOCABULARY = load_vocabulary(DATA / "vocabulary")


def test_every_trouble_names_a_desk_of_the_city_and_something_to_search_or_a_line() -> None:
    guide = load_guide(DATA / "consultation.yml", VOCABULARY)
    for trouble in guide.troubles.values():
        assert trouble.local, trouble.say
        assert trouble.kinds or trouble.needs or trouble.urgent, trouble.say


@pytest.mark.parametrize(("old", "new", "words"), [
    ("kinds: [food_pantry]", "kinds: [food_bank]", "food_bank"),
    ("urgent: suicide", "urgent: sadness", "sadness"),
    ("key: alone", "key: unsure", "2回あります"),
    ("always: ['119', '110', yorisoi]", "always: ['911']", "911"),
])
def test_a_mistake_is_told_with_its_file(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (DATA / "consultation.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "consultation.yml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InvalidSettings, match=f"consultation.yml.*{words}"):
        load_guide(tmp_path / "consultation.yml", VOCABULARY)
