"""How does the directory stay true? Every decision of a person about a listing becomes a write here, and nowhere else.

    with acting(engine, by="SC 佐伯", kind="edit", why="電話で確認", now=now) as act:
        act.change(listing_id, values, version=3)
"""

from directory.curation.acting import Act, acting, recorded
from directory.curation.checking import checked
from directory.curation.fields import FIELDS, GROUPS, RECORDS, Field, choices_of, label_of
from directory.curation.values import marks_of, shared_with, values_of

__all__ = [
    "Act", "FIELDS", "Field", "GROUPS", "RECORDS", "acting", "checked", "choices_of", "label_of", "marks_of", "recorded",
    "shared_with", "values_of",
]
