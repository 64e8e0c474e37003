"""What does a letter say, in words? Its fields by the names people know; keys of choices become their labels."""

from collections.abc import Mapping

from directory.ways_in.reports import ABOUT
from directory.ways_in.updates import FACTS
from web.i18n import gettext as _

Pair = tuple[str, str]
# Fields that are no words of anybody.
SILENT = ("listing", "token", "mark")


def letter_texts(body: Mapping[str, object]) -> list[Pair]:
    """(name of the field, what was written), in the order it came."""
    rows: list[Pair] = []
    for key, value in body.items():
        if key in SILENT or not value:
            continue
        if key == "changes" and isinstance(value, Mapping):
            facts = {fact.key: fact.label for fact in FACTS}
            rows += [(facts.get(name, ""), str(said)) for name, said in value.items()]
        else:
            rows.append((_labels().get(key, ""), _said(key, str(value))))
    return rows


def _said(key: str, value: str) -> str:
    if key == "about" and value in ABOUT:
        return ABOUT[value].label
    if key == "answer":
        return {"same": _("変わりなし"), "changed": _("変わったところがある")}.get(value, value)
    return _("期限のあと、または二度目") if key == "late" else value


def _labels() -> dict[str, str]:
    return {"about": _("どこが違うか"), "words": _("書かれたこと"), "contact": _("連絡先"), "name": _("名前"),
            "organization": _("団体"), "place": _("場所"), "when": _("日時"), "area": _("地域"), "answer": _("返事"),
            "late": _("届いたとき")}
