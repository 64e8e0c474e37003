"""In which language does this reader read? The languages of the site, and `gettext` for views and templates.

A language is added as a row of LANGUAGES and a catalogue of translations that `use_language` puts in force for one request.
"""

from markupsafe import Markup

from directory.i18n import gettext, use_language

LANGUAGES = {"ja": "日本語"}


def template_gettext(sentence: str, **values: object) -> Markup:
    """`gettext` for templates: the sentence may hold our own tags, the values are escaped."""
    translated = Markup(gettext(sentence))
    return translated % values if values else translated


__all__ = ["LANGUAGES", "gettext", "template_gettext", "use_language"]
