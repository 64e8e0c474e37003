"""Whose areas does the queue show? My own, a colleague's while they are away, or those nobody looks after."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from directory.curation.duties import Duty
from web.i18n import gettext as _
from web.presenters.curation.queue import MINE, Way

NOBODY = "nobody"


@dataclass(frozen=True)
class Owner:
    """Somebody who looks after areas. `key`: how the address names them."""

    key: str
    label: str
    areas: tuple[str, ...]


def owners_of(duties: Iterable[Duty], me: str, all_areas: Sequence[str]) -> tuple[Owner, ...]:
    """Myself first, then the others by name, then the areas of nobody; none where nobody has been given an area."""
    held: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties:
        held[duty.staff_id].append(duty)
    if not held:
        return ()
    order = sorted(held, key=lambda staff_id: (staff_id != me, held[staff_id][0].staff_name, staff_id))
    owners = [_owner(staff_id, held[staff_id], staff_id == me) for staff_id in order]
    taken = {area for owner in owners for area in owner.areas}
    left = tuple(area for area in all_areas if area not in taken)
    return (*owners, *([Owner(NOBODY, _("だれの担当でもない（%(areas)s）", areas="・".join(left)), left)] if left else ()))


def owner_ways(endpoint: str, owners: Iterable[Owner], chosen: str, kept: Mapping[str, str]) -> list[Way]:
    """One choice for each of them."""
    return [Way(owner.label, url_for(endpoint, area=owner.key, **kept), owner.key == chosen) for owner in owners]


def _owner(staff_id: str, duties: Sequence[Duty], is_me: bool) -> Owner:
    areas = tuple(dict.fromkeys(duty.area for duty in duties))
    named = "・".join(areas)
    if is_me:
        return Owner(MINE, _("わたしの担当（%(areas)s）", areas=named), areas)
    return Owner(staff_id, _("%(name)sさんの担当（%(areas)s）", name=duties[0].staff_name, areas=named), areas)
