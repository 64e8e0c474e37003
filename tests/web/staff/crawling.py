"""What does a visitor see who follows every link there is? A walk over all private pages, with what came back."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import urldefrag, urljoin
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from web.private import is_private

MOST_PAGES = 400
# Pages of different cases are different; of those that show one listing, upload or screen after the other, a few stand for all.
TOLD_APART = ("pid", "placement_id", "section")
ALIKE = 3


@dataclass
class Form:
    """A form as it stands on a page: where it is sent, and what it brings without being touched."""

    action: str
    fields: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Reader(HTMLParser):
    """Links and forms of one page."""

    address: str
    links: set[str] = field(default_factory=set)
    forms: list[Form] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember links, forms and named boxes."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and told.get("href"):
            self.links.add(urldefrag(urljoin(self.address, told["href"])).url)
        elif tag == "form" and told.get("method", "").lower() == "post":
            self.forms.append(Form(urljoin(self.address, told.get("action", ""))))
        elif tag in ("input", "button", "textarea", "select") and told.get("name") and self.forms:
            self.forms[-1].fields.append((told["name"], told.get("value", "")))


@dataclass
class Walk:
    """Everything that came back: address → status and all of the answer, headers too."""

    answers: dict[str, tuple[int, str]] = field(default_factory=dict)
    forms: list[Form] = field(default_factory=list)

    def having(self, word: str) -> list[str]:
        """The addresses whose answer holds this word."""
        return [address for address, (_status, text) in self.answers.items() if word in text]


def kinds_of(app: Flask, method: str = "GET") -> Callable[[str], Hashable]:
    """Address → what kind of page it is: those of one kind are alike."""
    routes = app.url_map.bind("localhost")

    def kind(address: str) -> Hashable:
        try:
            endpoint, arguments = routes.match(address.partition("?")[0], method=method)
        except HTTPException:
            return address
        return endpoint, *(arguments.get(name) for name in TOLD_APART)

    return kind


def text_of(answer: bytes) -> str:
    """All that can be read in an answer, in a workbook too."""
    if not answer.startswith(b"PK"):
        return answer.decode("utf-8", "replace")
    with ZipFile(BytesIO(answer)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def walk(client: FlaskClient, starts: Iterable[str]) -> Walk:
    """Ask for every address, and for every private one it leads to; of pages that are alike, for a few."""
    found, waiting, kind, seen = Walk(), list(starts), kinds_of(client.application), Counter()
    asked = set(waiting)
    while waiting:
        address = waiting.pop()
        if address in found.answers or len(found.answers) >= MOST_PAGES:
            continue
        seen[kind(address)] += 1
        if seen[kind(address)] > ALIKE and address not in asked:
            continue
        response = client.get(address)
        found.answers[address] = (response.status_code, f"{response.headers}\n{text_of(response.data)}")
        if response.mimetype != "text/html":
            continue
        reader = Reader(address)
        reader.feed(response.get_data(as_text=True))
        found.forms += reader.forms
        leads = {*reader.links, *([response.location] if response.location else [])}
        waiting += sorted(one for one in leads if is_private(one.partition("?")[0]))
    return found
