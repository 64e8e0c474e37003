"""In which language does this reader read? Every visible sentence, of the site and of the matching, goes through `gettext`.

The sentences are written in Japanese. `use_language` puts a catalogue of translations in force for what is being answered; a
sentence without a translation stays Japanese. A table of sentences is read through `gettext` where it is said.
"""

from contextvars import ContextVar
from gettext import NullTranslations

_JAPANESE = NullTranslations()
_translations: ContextVar[NullTranslations] = ContextVar("translations", default=_JAPANESE)


def use_language(translations: NullTranslations) -> None:
    """Put one catalogue of translations in force for the request being answered."""
    _translations.set(translations)


def gettext(sentence: str, **values: object) -> str:
    """The sentence in the reader's language with its `%(name)s` filled in."""
    translated = _translations.get().gettext(sentence)
    return translated % values if values else translated
