"""What does a form of the desk say of one question? A value casework can check, 「聞けなかった」, or nothing.

Names of the controls: the field's key; `v:` before it its version as it was shown; `n:` before it 「聞けなかった」 of a control
that is no choice of one. A choice of one says NOT_HEARD as its value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from unicodedata import normalize

from werkzeug.datastructures import MultiDict

from directory.catalog.edition import Place
from directory.errors import InvalidRecord
from directory.vocabulary import Vocabulary
from matcher.casework import EMPTY, NOT_HEARD, UNASKED, VALUE, Heard
from matcher.casework.fields import Field, checked
from web.i18n import gettext as _

UNHEARD = "?"
WEIGHTS = {"most": 1.0, "some": 0.6}
YES_NO = {"yes": True, "no": False}
# Kinds whose control is one box to type into
TYPED = frozenset({"text", "long_text", "date", "whole", "place"})
# Written between words of one's own
BREAKS = str.maketrans(dict.fromkeys("、，,;；\n\r\t", "\n"))


@dataclass(frozen=True)
class Said:
    """What the form says. `value` only with state VALUE."""

    state: str
    value: object = None


@dataclass(frozen=True)
class Words:
    """What answers are chosen from: the vocabulary, and the towns of the gazetteer."""

    vocabulary: Vocabulary
    towns: Mapping[str, Place]


def read(form: MultiDict[str, str], field: Field, words: Words) -> Said:
    """What the form says of this field. Raises InvalidRecord for what cannot be read."""
    if form.get(f"n:{field.key}") or form.get(field.key) == UNHEARD:
        return Said(NOT_HEARD)
    try:
        value = READERS.get(field.kind, _text)(form, field, words)
    except (ValueError, TypeError, KeyError) as error:
        raise InvalidRecord(_("「%(label)s」の答えが読み取れませんでした。書きなおしてください。", label=field.label)) from error
    return Said(EMPTY) if value in (None, "", [], {}) else Said(VALUE, value)


def as_typed(form: MultiDict[str, str], field: Field) -> Said:
    """What could not be read, to be shown again as it was typed."""
    text = form.get(field.key, "")
    return Said(VALUE, text) if text and field.kind in TYPED else Said(EMPTY)


def version(form: MultiDict[str, str], field: Field) -> int:
    """The version that was shown; what is no number never fits."""
    text = form.get(f"v:{field.key}", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def is_new(said: Said, heard: Heard, field: Field, vocabulary: Vocabulary) -> bool:
    """Does the form say anything else than what stands? Raises InvalidRecord for a value the field cannot have."""
    if said.state == EMPTY:
        return heard.state not in (EMPTY, UNASKED)
    if said.state == NOT_HEARD:
        return heard.state != NOT_HEARD
    return heard.state != VALUE or checked(field, said.value, vocabulary) != heard.value


def _text(form: MultiDict[str, str], field: Field, _words: Words) -> str:
    return form.get(field.key, "").replace("\r\n", "\n").strip()


def _whole(form: MultiDict[str, str], field: Field, _words: Words) -> int | None:
    text = normalize("NFKC", form.get(field.key, "")).strip().replace(",", "")
    return int(text) if text else None


def _yes_no(form: MultiDict[str, str], field: Field, _words: Words) -> bool | None:
    text = form.get(field.key)
    return YES_NO[text] if text else None


def _many(form: MultiDict[str, str], field: Field, _words: Words) -> list[str]:
    return form.getlist(field.key)


def _own_words(form: MultiDict[str, str], field: Field, words: Words) -> list[str]:
    """Those ticked, and those written in the box, each once."""
    known = {label: key for key, label in field.options(words.vocabulary).items()}
    written = [part.strip() for part in form.get(f"{field.key}:more", "").translate(BREAKS).split("\n")]
    return list(dict.fromkeys([*form.getlist(field.key), *(known.get(word, word) for word in written if word)]))


def _weights(form: MultiDict[str, str], field: Field, words: Words) -> dict[str, float]:
    given = {key: form.get(f"{field.key}:{key}", "") for key in field.options(words.vocabulary)}
    return {key: WEIGHTS[worth] if worth in WEIGHTS else float(worth) for key, worth in given.items() if worth}


def _slots(form: MultiDict[str, str], field: Field, _words: Words) -> list[list[int]]:
    """Ticked parts of the week, 「2-540-720」 each, and the one typed in."""
    rows = [[int(number) for number in row.split("-")] for row in form.getlist(field.key)]
    day, start, end = (form.get(f"{field.key}:{name}", "") for name in ("day", "from", "until"))
    if start or end:
        rows.append([int(day), _minutes(start), _minutes(end)])
    return sorted(rows)


def _minutes(text: str) -> int:
    moment = time.fromisoformat(normalize("NFKC", text).strip().zfill(5))
    return moment.hour * 60 + moment.minute


def _place(form: MultiDict[str, str], field: Field, words: Words) -> dict[str, object] | None:
    name = form.get(field.key, "").strip()
    if not name:
        return None
    town = words.towns.get(name)
    if town is None:
        raise InvalidRecord(_("その町は一覧にありません。一覧の書きかたで選ぶか、近い町を選んでください。"))
    return {"town": town.name, "latitude": town.latitude, "longitude": town.longitude, "zone": town.zone}


Reader = Callable[[MultiDict[str, str], Field, Words], object]
READERS: Mapping[str, Reader] = {
    "whole": _whole, "yes_no": _yes_no, "many_of": _many, "listings": _many, "words": _own_words, "weights": _weights,
    "slots": _slots, "place": _place,
}
