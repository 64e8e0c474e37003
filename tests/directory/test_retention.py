"""Is what somebody wrote forgotten on its day, answered or not?"""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from directory.curation.drafts import NEW, keep
from directory.db import make_engine, write_session
from directory.inbox.retention import DRAFT_KEPT, RETENTION, answered, forget
from directory.models import Application, ChangeRequest, EditDraft, InboxItem, UpdateLink

NOW = datetime(2026, 11, 24, 3)


@pytest.fixture
def directory(sqlite_url):
    engine = make_engine(sqlite_url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("kind", RETENTION)
def test_letters_are_forgotten_on_their_day_answered_or_not(directory, kind):
    kept = RETENTION[kind]
    with write_session(directory) as session:
        for key in ("answered", "waiting"):
            session.add(InboxItem(id=key, kind=kind, state="new", made_at=NOW, pulled_at=NOW, body={"contact": "x"}))
            session.add(ChangeRequest(listing_id=None, reason=kind, evidence="言葉", created=NOW, letter_id=key))
        session.flush()
        answered(session, session.get(InboxItem, "answered"), NOW)
        session.commit()
    for days, left in ((kept.after, 2), (kept.after + 1, 1), (kept.at_most, 1), (kept.at_most + 1, 0)):
        with write_session(directory) as session:
            forget(session, NOW + timedelta(days=days))
            session.commit()
            assert session.scalar(select(func.count()).select_from(InboxItem)) == left, days
            words = session.scalars(select(ChangeRequest.evidence).where(ChangeRequest.evidence.is_not(None))).all()
            assert len(words) == left


def test_an_old_number_and_an_old_link_are_forgotten(directory):
    with write_session(directory) as session:
        for mark, letter in (("a", "waiting"), ("b", None)):
            session.add(Application(mark=mark, letter_id=letter, state="listed", made_at=NOW, changed_at=NOW))
        session.add(InboxItem(id="waiting", kind="application", state="new", made_at=NOW, pulled_at=NOW, body={}))
        session.add(UpdateLink(mark="c", listing_id="x", made_at=NOW, expires_on=date(2027, 1, 23)))
        session.commit()
    for days, left in ((365, (2, 1)), (366, (1, 1)), (427, (1, 0)), (800, (0, 0))):
        with write_session(directory) as session:
            forget(session, NOW + timedelta(days=days))
            session.commit()
            counts = [session.scalar(select(func.count()).select_from(model)) for model in (Application, UpdateLink)]
            assert tuple(counts) == left, days


def test_what_staff_never_saved_is_forgotten_after_they_last_touched_it(directory):
    keep(directory, "a", "sc", NEW, {"service.name": ["x"]}, 0, NOW)
    keep(directory, "b", "sc", "what", {"service.name": ["y"]}, 1, NOW + timedelta(days=1))
    for days, left in ((DRAFT_KEPT, 2), (DRAFT_KEPT + 1, 1), (DRAFT_KEPT + 2, 0)):
        with write_session(directory) as session:
            forget(session, NOW + timedelta(days=days))
            session.commit()
            assert session.scalar(select(func.count()).select_from(EditDraft)) == left, days
