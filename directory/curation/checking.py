"""Is what was typed fit to be written? Each kind of field reads its raw value, or says in a sentence what is wrong."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

from directory.curation import parts
from directory.curation.fields import FIELDS, LISTS, Field, choices_of
from directory.curation.parts import Wrong
from directory.errors import InvalidRecord
from directory.inbox.kinds import UNWRITABLE
from directory.japanese import TO_HIRAGANA
from directory.vocabulary import Vocabulary

MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
PHONE = re.compile(r"[0-9+()\-# ]{2,40}")
READING = re.compile(r"[ぁ-ゖー・（）()0-9A-Za-z\s　、。「」&+.,'!?-]+")
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Everything in Japan lies in here, degrees.
LATITUDES, LONGITUDES = (20.0, 46.0), (122.0, 154.0)
OLDEST, MOST = 130, 100_000
MOST_ITEMS = 60
YES, NO = (True, "yes", "on", "1", "true"), (False, "no", "0", "false")


def checked(raw: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[dict[str, Any], dict[str, str]]:
    """(key → value fit for `Act.change`, key → sentence about what is wrong). Nothing typed is repeated in a sentence."""
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for key, given in raw.items():
        field = FIELDS.get(key)
        try:
            if field is None:
                raise Wrong("この項目は変えられません。")
            values[key] = _value(field, given, vocabulary)
        except Wrong as wrong:
            problems[key] = f"「{field.label if field else key[:60]}」：{wrong}"
    problems |= _together(values)
    return {key: value for key, value in values.items() if key not in problems}, problems


def refuse_unfit(values: Mapping[str, Any]) -> None:
    """The last look before writing: raises InvalidRecord for a field nobody knows, an empty must or a text too long."""
    for key, value in values.items():
        field = FIELDS.get(key)
        if field is None:
            raise InvalidRecord(f"変えられない項目があります（{key[:60]}）。")
        if field.required and value in (None, ""):
            raise InvalidRecord(f"「{field.label}」は空にできません。")
        if isinstance(value, str) and len(value) > field.longest:
            raise InvalidRecord(f"「{field.label}」は{field.longest}字までにしてください。")


def _value(field: Field, given: Any, vocabulary: Vocabulary) -> Any:
    if isinstance(given, str):
        given = UNWRITABLE.sub("", given).strip()
    empty = given is None or given == ""
    if empty and field.required:
        raise Wrong("入れてください。")
    if empty and field.kind not in LISTS:
        return None
    return READERS[field.kind](field, given, vocabulary)


def _text(field: Field, given: Any, _words: Vocabulary) -> str:
    return _short(field, parts.one_line(parts.text(given)))


def _long(field: Field, given: Any, _words: Vocabulary) -> str:
    return _short(field, parts.text(given).replace("\r\n", "\n").replace("\r", "\n"))


def _short(field: Field, text: str) -> str:
    if len(text) > field.longest:
        raise Wrong(f"{field.longest}字までにしてください（今は{len(text)}字です）。")
    return text


def _kana(field: Field, given: Any, words: Vocabulary) -> str:
    text = normalize("NFKC", _text(field, given, words)).translate(TO_HIRAGANA)
    if not READING.fullmatch(text):
        raise Wrong("ひらがなで入れてください。")
    return text


def _mail(field: Field, given: Any, words: Vocabulary) -> str:
    text = normalize("NFKC", _text(field, given, words))
    if not MAIL.fullmatch(text):
        raise Wrong("メールアドレスの形になっていません。例：info@example.jp")
    return text


def _phone(field: Field, given: Any, words: Vocabulary) -> str:
    text = re.sub("[‐‑‒–—―−－ー]", "-", normalize("NFKC", _text(field, given, words)))
    if not PHONE.fullmatch(text):
        raise Wrong("数字とハイフンで入れてください。例：0829-00-0000")
    return text


def _url(field: Field, given: Any, words: Vocabulary) -> str:
    text = _text(field, given, words)
    whole = text if SCHEME.match(text) else f"https://{text}"
    try:
        address = urlsplit(whole)
        fits = address.scheme in ("http", "https") and "." in (address.hostname or "") and not address.username
    except ValueError:
        fits = False
    if not fits:
        raise Wrong("ホームページのアドレスの形になっていません。例：https://www.example.jp/")
    return whole


def _choice(field: Field, given: Any, vocabulary: Vocabulary) -> str:
    if given not in choices_of(field, vocabulary):
        raise Wrong("一覧の中から選んでください。")
    return str(given)


def _yes_no(_field: Field, given: Any, _words: Vocabulary) -> bool:
    if given in YES:
        return True
    if given in NO:
        return False
    raise Wrong("「はい」「いいえ」「未確認」から選んでください。")


def _number(_field: Field, given: Any, _words: Vocabulary) -> int:
    return parts.whole(given, MOST)


def _decimal(_field: Field, given: Any, _words: Vocabulary) -> str:
    try:
        number = Decimal(normalize("NFKC", str(given)))
    except InvalidOperation:
        raise Wrong("数字で入れてください。") from None
    if not number.is_finite() or not 0 <= number <= OLDEST:
        raise Wrong(f"0から{OLDEST}までの数字で入れてください。")
    return parts.number_text(number.quantize(Decimal("0.01")))


def _point(field: Field, given: Any, _words: Vocabulary) -> float:
    least, most = LATITUDES if field.column == "latitude" else LONGITUDES
    try:
        number = float(given)
    except (TypeError, ValueError):
        raise Wrong("数字で入れてください。") from None
    if not least <= number <= most:
        raise Wrong("日本の中の位置を入れてください。")
    return number


def _date(_field: Field, given: Any, _words: Vocabulary) -> str:
    return parts.day(given)


def _list(field: Field, given: Any, _words: Vocabulary) -> list[str]:
    items = given.splitlines() if isinstance(given, str) else given or ()
    if not isinstance(items, (list, tuple)):
        raise Wrong("1行に1つずつ入れてください。")
    texts = [parts.one_line(UNWRITABLE.sub("", parts.text(item))) for item in items]
    return [_short(field, text) for text in _few(texts) if text]


def _choices(field: Field, given: Any, vocabulary: Vocabulary) -> list[str]:
    known = choices_of(field, vocabulary)
    items = [given] if isinstance(given, str) and given else given or ()
    if not isinstance(items, (list, tuple)) or any(item not in known for item in items):
        raise Wrong("一覧の中から選んでください。")
    return list(dict.fromkeys(items))


def _facts(field: Field, given: Any, vocabulary: Vocabulary) -> dict[str, str]:
    if not isinstance(given or {}, Mapping) or set(given or {}) - set(choices_of(field, vocabulary)):
        raise Wrong("この項目にない見出しがあります。")
    texts = {key: parts.one_line(UNWRITABLE.sub("", parts.text(text))) for key, text in (given or {}).items() if text}
    return {key: _short(field, text) for key, text in texts.items() if text}


def _notes(field: Field, given: Any, _words: Vocabulary) -> dict[str, str]:
    if not isinstance(given or {}, Mapping):
        raise Wrong("見出しと文にしてください。")
    return {parts.text(key)[:200]: parts.text(text)[:LONGEST_NOTE] for key, text in (given or {}).items() if text}


def _levels(_field: Field, given: Any, vocabulary: Vocabulary) -> dict[str, int]:
    return parts.levels(given or {}, vocabulary)


def _few(items: list) -> list:
    if len(items) > MOST_ITEMS:
        raise Wrong(f"{MOST_ITEMS}件までにしてください。")
    return items


def _each(read: Callable[[Any, Vocabulary], dict]) -> Callable[[Field, Any, Vocabulary], list[dict]]:
    """A list whose items are read one by one; the sentence names the place of a wrong one."""

    def reader(_field: Field, given: Any, vocabulary: Vocabulary) -> list[dict]:
        if not isinstance(given or [], (list, tuple)):
            raise Wrong("1件ずつ入れてください。")
        found = []
        for place, item in enumerate(_few(list(given or ())), start=1):
            try:
                found.append(read(item, vocabulary))
            except Wrong as wrong:
                raise Wrong(f"{place}件目の{wrong}") from None
        return found

    return reader


LONGEST_NOTE = 4_000
Reader = Callable[[Field, Any, Vocabulary], Any]
READERS: Mapping[str, Reader] = {
    "text": _text, "kana": _kana, "long": _long, "url": _url, "mail": _mail, "phone": _phone, "choice": _choice,
    "yes_no": _yes_no, "number": _number, "decimal": _decimal, "point": _point, "date": _date, "link": _text, "list": _list,
    "choices": _choices, "facts": _facts, "notes": _notes, "levels": _levels, "schedules": _each(parts.schedule),
    "fees": _each(parts.fee), "roles": _each(parts.role), "areas": lambda _field, given, _words: parts.areas(given or ()),
    "attributes": lambda _field, given, words: parts.attributes(given or {}, words),
    "closures": lambda _field, given, _words: parts.closures(given or {}),
}


def _together(values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong between two fields that are each in order."""
    least, most = values.get("service.minimum_age"), values.get("service.maximum_age")
    problems = {}
    if least and most and Decimal(least) > Decimal(most):
        problems["service.maximum_age"] = "「何歳まで」：「何歳から」より小さくなっています。"
    both = set(values.get("service.needs") or ()) & set(values.get("service.needs_secondary") or ())
    if both:
        problems["service.needs_secondary"] = "「かなうこと（そのほか）」：主なものにも選ばれているものがあります。どちらか1つにしてください。"
    if values.get("listing.capacity_state") == "places" and values.get("listing.capacity_count", 0) is None:
        problems["listing.capacity_count"] = "「あと何人」：人数を入れてください。"
    return problems

