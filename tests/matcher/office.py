"""How does a test get staff and cases by naming only what matters? An office with people to be hired and cases opened."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import select

from matcher import accounts, casework
from matcher.access import AT_HOST, CONFERENCE, INTERNAL
from matcher.casework import ConsentGiven
from matcher.db import write_session
from matcher.desk import Actor, Desk

NOW = datetime(2026, 11, 24, 1, 0)
LATER = NOW + timedelta(hours=1)
PASSWORD = "ながい合い言葉と鈴の音 2026"
CONSENT = ConsentGiven(INTERNAL, date(2026, 11, 20))
EVERY_CONSENT = tuple(ConsentGiven(scope, date(2026, 11, 20)) for scope in (INTERNAL, CONFERENCE, AT_HOST))


@dataclass
class Office:
    """One desk; names count up so that nothing clashes."""

    desk: Desk
    numbers: object = field(default_factory=lambda: count(1))

    def hire(self, *roles: str, login: str | None = None, listing_id: str | None = None) -> Actor:
        """A new member of staff, as they are after signing in."""
        login = login or f"staff{next(self.numbers)}"
        roles = roles or ("worker",)
        made = accounts.create_staff(
            self.desk, NOW, login_name=login, display_name=f"職員 {login}", roles=roles, password=PASSWORD,
            listing_id=listing_id)
        return Actor(made.staff_id, login, f"職員 {login}", frozenset(roles))

    def case(self, actor: Actor, now: datetime = NOW, consents: tuple = (CONSENT,), **options: object) -> str:
        """A new case of `actor`."""
        return casework.open_participant(
            self.desk, actor, now, code_name=options.pop("code_name", f"ひだまり-{next(self.numbers)}"),
            consents=consents, **options)

    def say(self, actor: Actor, case: str, field: str, value: object, *, version: int = 0, **options: object) -> object:
        """Save one answer."""
        return casework.save_answer(
            self.desk, actor, case, field, value, version=version, now=options.pop("now", NOW), **options)

    def conference(self, lead: Actor, *members: Actor, kind: str = "support") -> str:
        """A conference of the lead's with these members."""
        made = casework.create_conference(self.desk, lead, NOW, kind=kind, name=f"会議 {next(self.numbers)}")
        for member in members:
            casework.seat(self.desk, lead, made, member.staff_id, NOW)
        return made

    def rows(self, table: type) -> list:
        """What stands in a table."""
        with write_session(self.desk.engine) as session:
            return list(session.scalars(select(table)))
