"""What becomes of a form that cannot be taken now? What was typed travels along in the body of our own pages.

It is never put into an address, never kept on the server, and sent on only when the reader presses once more.
"""

import json
import re
from dataclasses import dataclass

from flask import request

from web.forms import way_back
from web.private import is_private

FIELD = "kept"
FORM_TOKEN = "form_token"
SIGN_IN = "/desk/sign-in"
MOST_FIELDS = 400
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Kept:
    """Where a form was sent, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """What somebody may have typed, to be shown so that it can be copied; nobody types an id."""
        return tuple(value for _name, value in self.fields if value.strip() and not (value.isdigit() or ID.fullmatch(value)))

    @property
    def written(self) -> str:
        """As a hidden field carries it."""
        return json.dumps([self.path, self.fields], ensure_ascii=False)


def kept_of_request() -> Kept:
    """The form that has just come; files are not kept."""
    fields = request.form.items(multi=True)
    return Kept(request.full_path.rstrip("?"), tuple((name, text) for name, text in fields if name != FORM_TOKEN))


def read_kept(text: str) -> Kept | None:
    """What a hidden field carries; None for anything that is not a form of ours."""
    try:
        path, fields = json.loads(text)
        pairs = tuple((name, value) for name, value in fields[:MOST_FIELDS])
    except (ValueError, TypeError, RecursionError):
        return None
    if not all(isinstance(part, str) for part in (path, *(word for pair in pairs for word in pair))):
        return None
    return Kept(path, pairs) if own_page(path) else None


def own_page(address: str | None) -> str:
    """A private page to go on to, if the address is one; never another site, never the sign-in itself."""
    path = way_back(address, "")
    plain = path.partition("?")[0]
    return path if is_private(plain) and ".." not in plain and not plain.startswith(SIGN_IN) else ""
