"""Which private addresses are there, and how is one filled in? Read off url_map, so that a new page is tested by itself."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from flask import Flask
from werkzeug.routing import Rule

from web import MODES
from web.views import foundations

# What stands for an argument of an address, by its name. Somebody's own ids take the place of these where they have any.
ARGUMENTS: Mapping[str, str] = {
    name: str(UUID(int=number)) for number, name in enumerate((
        "pid", "listing_id", "placement_id", "choice_id", "staff_id", "conference_id", "rec_id", "other_id",
        "role_id", "note_id", "proposal_id", "act_id", "letter_id", "merge_id", "trial_id",
        "upload_id", "emergency_id"), start=1)
} | {"field": "age", "screen": "who", "step": "who", "load": "people", "stage": "proposed", "scope": "internal",
     "section": "what", "area": "佐伯", "need": "company", "row": "0", "mailing_id": "1",
     "record": "organization"}


OPEN = {foundations.pages.name, *(blueprint.name for blueprint in MODES["all"])}


def private_rules(app: Flask) -> Iterator[Rule]:
    """Every rule that is not one of the open pages."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] not in OPEN:
            yield rule


def methods(rule: Rule) -> set[str]:
    """What may be asked of it; HEAD and OPTIONS go with GET and everything."""
    return set(rule.methods) - {"HEAD", "OPTIONS"}


def filled(app: Flask, rule: Rule, known: Mapping[str, str] | None = None) -> str:
    """The address with something in every place; KeyError names an argument ARGUMENTS does not know."""
    values = {**ARGUMENTS, **(known or {})}
    arguments = {name: values[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, arguments, method=min(methods(rule)))
