"""How is a placement told? Where, at which stage, what was said on the way, and what may follow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from directory.listing import Listing
from directory.vocabulary import Vocabulary
from matcher.access import OVER
from matcher.casework import PlacementKept
from web.i18n import gettext as _
from web.presenters.desk.saying import moment

# From the visit on the host has to know something; before it, the paper is made ready with the person.
PAPER_FROM = ("agreed", "host_asked", "first_visit", "trial", "taking_part", "on_break")


@dataclass(frozen=True)
class StepRow:
    """One stage that was reached."""

    label: str
    at: str
    note: str


@dataclass(frozen=True)
class PlacementRow:
    """One placement. `next` are (key, label) of the stages that may follow; `say` is what one may tell the person."""

    id: str
    name: str
    role: str
    gone: bool
    label: str
    say: str
    held: str
    version: int
    over: bool
    paper: bool
    next: tuple[tuple[str, str], ...]
    steps: tuple[StepRow, ...]


def placement_rows(
    kept: Sequence[PlacementKept], listings: Mapping[str, Listing], vocabulary: Vocabulary
) -> list[PlacementRow]:
    """The placements in words, those under way first."""
    rows = [_row(one, listings.get(one.listing_id), vocabulary) for one in kept]
    return sorted(rows, key=lambda row: row.over)


def _row(one: PlacementKept, listing: Listing | None, vocabulary: Vocabulary) -> PlacementRow:
    stages: Mapping = vocabulary.stages["placement"]
    role = next((role.name for role in listing.roles if role.id == one.role_id), "") if listing else ""
    return PlacementRow(
        id=one.id, name=listing.name if listing else _("取り下げられた場所"), role=role, gone=listing is None,
        label=stages[one.stage]["label"], say=stages[one.stage]["say"] or "",
        held=_("席は%(until)sまでとってあります", until=moment(one.held_until)) if one.held_until else "", version=one.version,
        over=one.stage in OVER, paper=one.stage in PAPER_FROM and listing is not None,
        next=tuple((key, stages[key]["label"]) for key in one.next),
        steps=tuple(StepRow(stages[step.stage]["label"], moment(step.at), step.note or "") for step in one.steps))



