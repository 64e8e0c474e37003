"""In which language does this reader read? Every visible sentence of the site goes through `gettext`.

The sentences are written in Japanese. A language is added as a row of LANGUAGES and a catalogue of translations that
`use_language` puts in force for one request; a sentence without a translation stays Japanese.
"""

from contextvars import ContextVar
from gettext import NullTranslations

from markupsafe import Markup

LANGUAGES = {"ja": "日本語"}

_JAPANESE = NullTranslations()
_translations: ContextVar[NullTranslations] = ContextVar("translations", default=_JAPANESE)


def use_language(translations: NullTranslations) -> None:
    """Put one catalogue of translations in force for the request being answered."""
    _translations.set(translations)


def gettext(sentence: str, **values: object) -> str:
    """The sentence in the reader's language with its `%(name)s` filled in."""
    translated = _translations.get().gettext(sentence)
    return translated % values if values else translated


def template_gettext(sentence: str, **values: object) -> Markup:
    """`gettext` for templates: the sentence may hold our own tags, the values are escaped."""
    translated = Markup(_translations.get().gettext(sentence))
    return translated % values if values else translated
