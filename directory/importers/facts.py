"""What did the row say that has no field of its own? Title → text, shown to staff, never dropped."""

import re
import unicodedata
from collections.abc import Mapping

from directory.importers.cleaning.text import NOTHING, verbatim
from directory.importers.cleaning.times import serial_words
from directory.importers.fields import LABELS

# Fields whose value keeps only part of what the cell says: the words are kept as well.
KEPT_IN_WORDS = (
    "municipality_code", "kind", "parking", "pickup", "wheelchair", "accessible_toilet", "writing", "sign_language",
    "application", "application_note", "contact", "welcome", "visibility", "venue_kind", "assured", "publisher",
    "other_name", "fees_note", "minimum_age", "maximum_age", "age_until", "same_latitude", "same_longitude", "phone",
    "mobile",
    "url", "email", "corporate_number", "postal_code", "latitude", "longitude", "usual_ages",
)
# Field → where its clean value went: words are kept only when they say more than it.
GOES_TO = {
    "phone": ("listing.phone", "listing.mobile"), "mobile": ("listing.mobile",), "url": ("listing.web",),
    "contact": ("listing.phone", "listing.mobile"), "email": ("listing.email",),
    "corporate_number": ("organization.corporate_number",),
    "postal_code": ("location.postal_code",), "latitude": ("location.latitude",), "longitude": ("location.longitude",),
    "same_latitude": ("location.latitude",), "same_longitude": ("location.longitude",),
    "usual_ages": ("listing.usual",),
}
YES = frozenset(("あり", "有", "有り", "○", "〇", "◯", "可", "はい", "Y", "該当"))
NO = frozenset(("なし", "無", "無し", "×", "✕", "否", "不可", "いいえ", "N", "非該当"))
DAY_TITLE = re.compile(r"年月日|開始$|日$|事業開始")


def other_facts(
    cells: Mapping[str, object], titles: Mapping[str, str], unmapped: Mapping[str, object],
    values: Mapping[str, object], section: str | None, answers: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Column title → text for every column without a field, and for fields that keep less than the cell says."""
    facts = {}
    for name in KEPT_IN_WORDS:
        text = verbatim(cells[name]) if name in cells else None
        if text and not NOTHING.fullmatch(text) and not _says_no_more(name, text, values):
            facts[titles.get(name) or LABELS.get(name, name)] = text
    for title, cell in unmapped.items():
        text = verbatim(cell)
        # 無 and × are answers, and なし is one where another row says あり; 「特になし」「-」 are none.
        answered = text in NO and (title in answers or text not in ("なし", "無し"))
        if text and (answered or not NOTHING.fullmatch(text)):
            facts[title] = serial_words(text) if DAY_TITLE.search(title) else text
    if section:
        facts["区分（見出し）"] = section
    return facts


def _says_no_more(name: str, text: str, values: Mapping[str, object]) -> bool:
    """True when the clean value holds every letter and digit of the cell."""
    if name not in GOES_TO:
        return False
    kept = "".join(str(values.get(target) or "") for target in GOES_TO[name])
    if name.endswith("tude"):
        return bool(kept)
    return bool(kept) and _letters(text) in _letters(kept)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text).casefold())
