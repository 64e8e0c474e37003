"""May these words and this id be kept? What neither database nor UTF-8 can hold is refused with a sentence."""

import re

from directory.errors import InvalidRecord
from matcher.desk import UUID

UNWRITABLE = re.compile("[\0\ud800-\udfff]")


def text_of(typed: str, longest: int, sentence: str) -> str:
    """The text without the space around it. Raises InvalidRecord with `sentence` for nothing, too much, or no text."""
    text = typed.strip()
    if not 0 < len(text) <= longest or UNWRITABLE.search(text):
        raise InvalidRecord(sentence)
    return text


def listing_id_of(typed: str) -> str:
    """The id of a listing. Raises InvalidRecord for what is none."""
    if not UUID.fullmatch(typed):
        raise InvalidRecord("掲載を選びなおしてください。")
    return typed
