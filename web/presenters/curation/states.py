"""In which state is a listing, and where can it go from there? Publish, pause, close, reopen: each a row."""

from dataclasses import dataclass
from datetime import date

from directory.listing import Listing
from web.i18n import gettext as _
from web.presenters.curation.saying import statuses
from web.presenters.curation.sections import Stored
from web.presenters.dates import full_date


@dataclass(frozen=True)
class State:
    """The state in words; `seen`: whether it has a public page."""

    label: str
    why: str
    seen: bool


@dataclass(frozen=True)
class Move:
    """One way on; `until`, `why`: what it asks for."""

    status: str
    label: str
    about: str
    until: bool = False
    why: bool = False
    main: bool = False


def state_of(stored: Stored, shown: Listing, today: date) -> State:
    """What stands beside the name."""
    until = _("%(day)sまで", day=full_date(shown.paused_until)) if shown.paused_until else ""
    why = "　".join(filter(None, (until, shown.status_reason or "")))
    seen = stored.status in ("published", "closed") and stored.values.get("listing.visibility") == "public"
    return State(statuses().get(stored.status, stored.status), why, seen)


def moves(status: str) -> list[Move]:
    """Where a listing can go from this state."""
    publish = Move("published", _("公開する"), _("住民のページと検索に出ます。"), main=True)
    again = Move("published", _("再開する"), _("住民のページと検索に、また出ます。"), main=True)
    pause = Move("paused", _("休止にする"), _("しばらく検索に出さないとき。わけは、利用する方にも見えます。"), until=True, why=True)
    close = Move("closed", _("終了にする"), _("なくなったとき。ページは「終わりました」になり、近い場所を案内します。"), why=True)
    return {
        "draft": [publish, close], "review": [publish, close], "published": [pause, close], "paused": [again, close],
        "closed": [again],
    }.get(status, [])


def reasons_today() -> list[str]:
    """Why something does not take place today, one press each."""
    return [_("天気のため"), _("世話人の都合"), _("会場の都合"), _("感染症のため"), _("その他")]
