"""How does a test work at the desk? Somebody signed in who opens a case, answers, and reads pages as words."""

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import count

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from matcher.desk import Actor
from tests.web.staff.conftest import StaffSite, form_token

NUMBERS = count(1)
CONSENT = {"given_on": "2026-11-20", "given_by": "person", "how": "paper"}


@dataclass
class Worker:
    """Somebody at the desk with one case open; `case` is the path of its pages."""

    site: StaffSite
    who: Actor
    client: FlaskClient = field(init=False)
    token: str = field(init=False)
    case: str = ""

    def __post_init__(self) -> None:
        self.client = self.site.client(self.who)
        self.token = form_token(self.client, "/desk/home")

    def open(self, *scopes: str, code_name: str = "") -> "Worker":
        """A new case of theirs, with the consent to `scopes` beside the first."""
        made = self.send("/desk/new", code_name=code_name or f"しらかば-{next(NUMBERS)}", basis="consent",
                         scope=["internal", *scopes], **CONSENT)
        assert made.status_code == 303, words(made)
        self.case = made.location.partition("/conditions/")[0]
        return self

    def get(self, page: str = "") -> TestResponse:
        """A page of the case, or any page by its whole path."""
        return self.client.get(page if page.startswith("/") else f"{self.case}/{page}".rstrip("/"))

    def read(self, page: str = "") -> str:
        """The words of a page that must be there."""
        answer = self.get(page)
        assert answer.status_code == 200, words(answer)
        return words(answer)

    def send(self, page: str, **fields: object) -> TestResponse:
        """A form of the case, with the token of this session; `__` in a name stands for a colon."""
        given = {name.replace("__", ":"): value for name, value in fields.items()}
        path = page if page.startswith("/") else f"{self.case}/{page}"
        return self.client.post(path, data={"form_token": self.token, **given})

    def say(self, step: str, **fields: object) -> TestResponse:
        """One screen of a visit, which must be kept."""
        answer = self.send(f"conditions/{step}", **fields)
        assert answer.status_code == 303, words(answer)
        return answer


def words(answer: TestResponse) -> str:
    """What stands on a page, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text)))


def values(answer: TestResponse, name: str) -> list[str]:
    """The values of the controls of this name."""
    return [unescape(value) for value in re.findall(rf'name="{name}" value="([^"]*)"', answer.text)]
