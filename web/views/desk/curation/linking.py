"""How does somebody choose a 団体, 活動 or 場所 that is registered, instead of typing it again? In any form, by its name or よみ.

    links = linking.read(request.form, ("listing.location_id",), go)
    links.values belong to the act; what links.brings(field) is not asked for

Looking and choosing are buttons of the form itself, so that nothing typed is lost; a script offers names while somebody types.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, abort, jsonify

from directory.curation import linking
from directory.curation.fields import FIELDS, RECORDS, Field
from directory.curation.linking import LINKS, Registered
from directory.db import read_session
from directory.inbox.kinds import UNWRITABLE
from web.curation_form import Form
from web.i18n import gettext as _
from web.presenters.curation.links import FIND, LINK, LinkPanel, facts_of, panel
from web.site import site
from web.views.desk.curation import frame

pages = Blueprint("linking", __name__)

OFFERED, LISTED = 8, 20


@dataclass(frozen=True)
class Links:
    """What a form says about links. `chosen`: record → it and its values; `looked`: record → words and what they found."""

    keys: tuple[str, ...] = ()
    chosen: Mapping[str, tuple[Registered, Mapping[str, Any]]] = field(default_factory=dict)
    looked: Mapping[str, tuple[str, list[Registered]]] = field(default_factory=dict)
    lost: Collection[str] = ()
    fresh: str = ""

    @property
    def values(self) -> dict[str, str]:
        """Field → id, as an act takes them; a link that another brings with it is not one of them."""
        ids = {LINKS[record]: one.id for record, (one, _values) in self.chosen.items()}
        return {key: one for key, one in ids.items()
                if not any(linking.brings(other, FIELDS[key]) for other in ids if other != key)}

    @property
    def problems(self) -> dict[str, str]:
        """Links that lead nowhere (any more), by field."""
        return {LINKS[record]: _("選ばれた%(record)sが見つかりません。選びなおしてください。", record=RECORDS[record])
                for record in self.lost}

    def brings(self, one: Field) -> bool:
        """Does this field come with a record that is linked?"""
        return any(linking.brings(key, one) for key in self.values)


def read(form: Form, keys: Iterable[str], go: str) -> Links:
    """The links of a form, after the button `go`. Whoever saves with words left in a box wanted to look for them."""
    keys, records = tuple(keys), {record: key for record, key in LINKS.items() if key in keys}
    pressed, _colon, rest = go.partition(":")
    fresh, _colon, fresh_id = rest.partition(":")
    asked = {record: form.get(key, "") for record, key in records.items()}
    if pressed == LINK and fresh in asked:
        asked[fresh] = fresh_id
    looks = go in (FIND, "save")
    with read_session(site().engine) as session:
        chosen = {record: (one, linking.values_of_linked(session, record, one.id)) for record, record_id in asked.items()
                  if record_id and (one := linking.registered(session, record, UNWRITABLE.sub("", record_id)[:36]))}
        looked = {record: (words, linking.search(session, record, words, LISTED + 1)) for record in records
                  if looks and record not in chosen and (words := _words(form.get(f"{FIND}:{record}", "")))}
    lost = [record for record, record_id in asked.items() if record_id and record not in chosen]
    return Links(keys, chosen, looked, lost, next(iter(looked), fresh if pressed == LINK else ""))


def panels(links: Links) -> dict[str, LinkPanel]:
    """Record → its part of the form; what a chosen record brings with it is not asked for."""
    shown = {record: key for record, key in LINKS.items() if key in links.keys and not links.brings(FIELDS[key])}
    return {record: panel(record, links.chosen.get(record), links.looked.get(record), LISTED, site().vocabulary,
                          fresh=record == links.fresh, error=links.problems.get(key, ""))
            for record, key in shown.items()}


@pages.get("/desk/curation/records/<record>")
def offers(record: str) -> Response:
    """Those a few words find, for the list under the box."""
    if record not in LINKS:
        abort(404)
    with read_session(site().engine) as session:
        found = linking.search(session, record, frame.asked_words(), OFFERED)
    return jsonify(suggestions=[{"id": one.id, "text": one.name, "group": "　".join(facts_of(one))} for one in found])


def _words(typed: str) -> str:
    return " ".join(UNWRITABLE.sub("", typed).split())[:80]
