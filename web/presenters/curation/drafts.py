"""What did somebody begin and not save? One line a draft: what it is about, and when it was touched."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from directory.curation import drafts
from web.i18n import gettext as _
from web.presenters.desk.saying import moment


@dataclass(frozen=True)
class Draft:
    """One draft; `id` only of a listing that does not exist yet: it can be thrown away from the list."""

    url: str
    name: str
    section: str
    at: str
    id: str = ""


def new_drafts(mine: Iterable[drafts.Draft]) -> list[Draft]:
    """Those of listings that do not exist yet."""
    return [Draft(url_for("new_entry.show", draft=one.listing_id), _name(one), _("新しい掲載"), moment(one.saved_at), one.listing_id)
            for one in mine if one.section == drafts.NEW]


def _name(draft: drafts.Draft) -> str:
    named = (words for key in ("service.name", "organization.name", "location.name") for words in draft.typed.get(key, ()))
    return next((words for words in named if words.strip()), _("（名前は まだ）"))
