"""What does a test of the private pages find ready? The small town with both databases, people of every role, a clock."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from directory.db import make_engine
from directory.settings import Settings
from matcher import accounts, sessions
from matcher.access import ROLES
from matcher.accounts import NewFactors
from matcher.db import write_session
from matcher.desk import Actor, Desk
from tests.matcher.conftest import casework_file  # noqa: F401
from tests.matcher.office import PASSWORD, Office
from tests.web.conftest import ROOT, TODAY
from tests.web.town import Town, build_town
from web import create_app
from web.staff.door import KEY

# Noon of the day the settings fix, in UTC: what is written at this moment is in force on the pages.
NOON = datetime(2026, 11, 24, 3, 0)
TOKEN = re.compile(r'name="form_token" value="(\w+)"')
OWN_PAGE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Clock:
    """The clock sessions and codes go by; a test turns it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class StaffSite:
    """A site with staff. `people`: an account of each role, by its key; `factors`: what each was told once."""

    app: Flask
    office: Office
    town: Town
    settings: Settings
    clock: Clock
    people: dict[str, Actor] = field(default_factory=dict)
    factors: dict[str, NewFactors] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        """The desk of this site."""
        return self.office.desk

    def hire(self, login: str, *roles: str, listing_id: str | None = None) -> Actor:
        """A new account; its codes are kept for the test."""
        made = accounts.create_staff(
            self.desk, NOON, login_name=login, display_name=f"職員 {login}", roles=roles, password=PASSWORD,
            listing_id=listing_id)
        self.factors[login] = made
        return Actor(made.staff_id, login, f"職員 {login}", frozenset(roles))

    def client(self, who: Actor | None = None) -> FlaskClient:
        """A browser of nobody, or of somebody who has signed in just now."""
        client = self.app.test_client()
        if who is not None:
            client.set_cookie("desk", self.session_of(who))
        return client

    def session_of(self, who: Actor) -> str:
        """A new open session."""
        with write_session(self.desk.engine) as session:
            token = sessions.begin(session, who.staff_id, sessions.OPEN, self.clock.now)
            session.commit()
            return token


def form_token(client: FlaskClient, address: str = "/desk/") -> str:
    """The token on a page with a form."""
    return TOKEN.search(client.get(address, follow_redirects=True).text)[1]


@pytest.fixture(scope="module")
def cheap_passwords() -> Iterator[None]:
    """Argon2id at its cheapest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="module")
def staff_site(
    tmp_path_factory: pytest.TempPathFactory, migrated_file: Path, casework_file: Path, cheap_passwords: None  # noqa: F811
) -> Iterator[StaffSite]:
    """Public site and desks of the small town, with somebody of every role."""
    folder = tmp_path_factory.mktemp("staff")
    directory = f"sqlite:///{shutil.copy(migrated_file, folder / 'directory.db')}"
    casework = f"sqlite:///{shutil.copy(casework_file, folder / 'casework.db')}"
    engine = make_engine(directory)
    town = build_town(engine)
    engine.dispose()
    settings = Settings(
        directory_database_url=directory, casework_database_url=casework, data=ROOT / "data",
        instance=folder / "instance", today=TODAY)
    app, clock = create_app(settings, "all"), Clock()
    app.extensions[KEY].clock = clock
    made = StaffSite(app, Office(app.extensions[KEY].open()), town, settings, clock)
    for role in ROLES:
        made.people[role] = made.hire(role.replace("_", "-"), role, listing_id=town.rich if role == "host" else None)
    yield made
    made.desk.close()
    app.extensions["yoridokoro"].engine.dispose()


@pytest.fixture(autouse=True)
def right_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does to the clock, the next one begins at noon."""
    yield
    if "staff_site" in request.fixturenames:
        request.getfixturevalue("staff_site").clock.now = NOON
