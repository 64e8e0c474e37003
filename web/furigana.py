"""How does a text get its ふりがな on a page? `ruby(text)` in the templates, when the reader wants it."""

from collections.abc import Sequence

from flask import Flask, current_app
from markupsafe import Markup, escape

from directory.reading_store import ReadingStore
from directory.readings import Ruby
from directory.text.snippets import Segment
from web.reader import reader

KEY = "yoridokoro-readings"
_RUBY = Markup("<ruby>%s<rp>（</rp><rt>%s</rt><rp>）</rp></ruby>")
_MARK = Markup("<mark>%s</mark>")
_CUT = "…"


def register(app: Flask, readings: ReadingStore) -> None:
    """Give the templates `ruby`, `ruby_place` and `ruby_parts`."""
    app.extensions[KEY] = readings
    app.jinja_env.globals.update(ruby=ruby, ruby_place=ruby_place, ruby_parts=ruby_parts)


def ruby(text: object, kana: str | None = None) -> Markup | str:
    """The text, with readings where the reader wants them; `kana` is the よみ of a name. Markup stays as it is."""
    if not text or not reader().furigana or isinstance(text, Markup) and "<" in text:
        return text if isinstance(text, str) else str(text or "")
    plain = text.unescape() if isinstance(text, Markup) else str(text)
    return Markup("").join(_shown(segment) for segment in current_app.extensions[KEY](plain, kana or None))


def ruby_place(place: str, hall: tuple[str, str]) -> Markup | str:
    """A place in one line, つつじ集会所（津田）: its `hall` (name, よみ) as that says, the town as the city reads it."""
    name, kana = hall
    if not (kana and reader().furigana and place.startswith(name)):
        return ruby(place)
    return Markup("").join((ruby(name, kana), ruby(place[len(name):])))


def ruby_parts(parts: Sequence[Segment], kana: str | None = None, whole: str = "") -> Markup:
    """Marked words of a search with their readings; `whole` is the text these parts were cut from."""
    if not reader().furigana:
        return Markup("").join(_MARK % part.text if part.matched else escape(part.text) for part in parts)
    text = "".join(part.text for part in parts)
    segments = _cut(current_app.extensions[KEY](whole, kana or None), whole, text) if whole else None
    segments = segments or current_app.extensions[KEY](text, kana or None)
    return Markup("").join(_MARK % shown if marked else shown for shown, marked in _marked(segments, parts))


def _shown(segment: Ruby) -> Markup:
    return _RUBY % segment if segment.reading else escape(segment.base)


def _cut(segments: Sequence[Ruby], whole: str, text: str) -> list[Ruby] | None:
    """The segments of an excerpt; None when it does not stand in the whole as it is."""
    core = text.strip(_CUT)
    start = whole.find(core)
    if start < 0 or not core:
        return None
    kept, position = [Ruby(text[:text.find(core)])], 0
    for base, reading in segments:
        first, last = max(start - position, 0), min(start + len(core) - position, len(base))
        if first < last:
            # Half a word keeps no reading.
            kept.append(Ruby(base[first:last], reading if (first, last) == (0, len(base)) else ""))
        position += len(base)
    return [*kept, Ruby(text[text.find(core) + len(core):])]


def _marked(segments: Sequence[Ruby], parts: Sequence[Segment]) -> list[tuple[Markup, bool]]:
    """Segments cut where marks begin and end; a word with a reading is marked whole."""
    marked = [part.matched for part in parts for _letter in part.text]
    found, position = [], 0
    for segment in segments:
        flags = marked[position:position + len(segment.base)]
        position += len(segment.base)
        if segment.reading:
            found.append((_shown(segment), any(flags)))
            continue
        start = 0
        for end in range(1, len(flags) + 1):
            if end == len(flags) or flags[end] != flags[start]:
                found.append((escape(segment.base[start:end]), flags[start]))
                start = end
    return found
