"""Does every message reach the desk exactly once, and does nobody but the desk read any?"""

import multiprocessing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import ProgrammingError

from directory.db import make_engine, read_session
from directory.errors import InvalidRecord
from directory.inbox import Inbox
from directory.inbox.box import BATCH, LETTERS
from directory.inbox.kinds import KINDS
from directory.inbox.pulling import pull
from directory.models import DemandCount, InboxItem, InboxReceipt, PageViews, ViewerMark, ViewerMonth

NOW = datetime(2026, 11, 24, 3, 21, 45)
PROCESSES, LETTERS_EACH = 4, 50


@pytest.fixture
def inbox_url(engine, tmp_path):
    """The inbox in a database of its own; on PostgreSQL a schema of its own will do."""
    if engine.dialect.name == "sqlite":
        return f"sqlite:///{tmp_path / 'inbox.db'}"
    return engine.url.render_as_string(hide_password=False)


@pytest.fixture
def inbox(inbox_url):
    inbox = Inbox.open(inbox_url)
    yield inbox
    inbox.close()


def wish(words="麻雀ができる所"):
    return "wish", {"words": words, "area": "佐伯"}


def viewers(*marks, month="2026-11", **views):
    return "viewers", {"month": month, "marks": [f"{mark:016x}" for mark in marks], "views": views or {"home": 1}}


def demand(*cells, day="2026-11-24"):
    return "demand", {"day": day, "cells": [list(cell) for cell in cells]}


def count(engine, model):
    with read_session(engine) as session:
        return session.scalar(select(func.count()).select_from(model))


def test_a_message_waits_in_the_queue_as_it_was_sent(engine, inbox):
    letter_id = inbox.put(*wish(), NOW)
    assert pull(inbox, engine, NOW).taken == {"wish": 1}
    with read_session(engine) as session:
        item = session.scalars(select(InboxItem)).one()
    assert (item.id, item.kind, item.state, item.made_at, item.body) == (
        letter_id, "wish", "new", NOW, {"words": "麻雀ができる所", "area": "佐伯"})
    assert list(inbox.batches()) == []


def test_pulling_twice_takes_nothing_twice(engine, inbox):
    inbox.put_all([wish(), viewers(1, 2), demand(("佐伯", "need", "exercise", 3, 1))], NOW)
    pull(inbox, engine, NOW)
    again = pull(inbox, engine, NOW + timedelta(minutes=5))
    assert (again.taken, again.unreadable) == ({}, 0)
    assert count(engine, InboxItem) == 1


def test_a_run_cut_off_before_the_inbox_was_emptied_counts_nothing_twice(engine, inbox, monkeypatch):
    inbox.put_all([wish(), viewers(1, 2, search=5), demand(("佐伯", "need", "exercise", 3, 1))], NOW)
    with monkeypatch.context() as cut:
        cut.setattr(Inbox, "remove", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            pull(inbox, engine, NOW)
    assert pull(inbox, engine, NOW).taken == {}
    assert list(inbox.batches()) == []
    with read_session(engine) as session:
        assert session.scalar(select(PageViews.views)) == 5
        assert session.scalar(select(DemandCount.searches)) == 3
        assert session.scalar(select(ViewerMonth.viewers)) == 2
    assert count(engine, InboxItem) == 1


def test_a_run_cut_off_before_its_commit_takes_all_the_next_time(engine, inbox, monkeypatch):
    inbox.put_all([wish(), viewers(1)], NOW)
    with monkeypatch.context() as cut:
        cut.setattr("directory.inbox.pulling.store_viewers", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            pull(inbox, engine, NOW)
    assert (count(engine, InboxItem), count(engine, InboxReceipt)) == (0, 0)
    assert pull(inbox, engine, NOW).taken == {"wish": 1, "viewers": 1}


def test_a_desk_that_may_only_read_the_inbox_still_counts_once(engine, inbox, monkeypatch):
    monkeypatch.setattr(Inbox, "remove", lambda *_: None)
    inbox.put_all([viewers(1, home=3)], NOW)
    for days in (0, 2, 4):
        pull(inbox, engine, NOW + timedelta(days=days))
    with read_session(engine) as session:
        assert session.scalar(select(PageViews.views)) == 3


def test_receipts_go_once_their_message_is_gone(engine, inbox):
    inbox.put(*wish(), NOW)
    pull(inbox, engine, NOW)
    assert count(engine, InboxReceipt) == 1
    pull(inbox, engine, NOW + timedelta(days=2))
    assert count(engine, InboxReceipt) == 0


def test_more_than_one_batch_is_taken_over(engine, inbox):
    inbox.put_all([wish(str(number)) for number in range(BATCH + 5)], NOW)
    assert pull(inbox, engine, NOW).taken == {"wish": BATCH + 5}


def write_many(url: str, number: int) -> None:
    """What one process of the public site does."""
    inbox = Inbox.open(url)
    for turn in range(LETTERS_EACH):
        inbox.put(*viewers(number * LETTERS_EACH + turn, home=1), NOW)


def pull_many(inbox_url: str, directory_url: str) -> None:
    for _ in range(5):
        pull(Inbox.open(inbox_url), make_engine(directory_url), NOW)


def test_many_processes_write_and_two_desks_pull_at_once_and_nothing_is_lost(engine, inbox_url, database_url, inbox):
    processes = multiprocessing.get_context("spawn")
    running = [processes.Process(target=write_many, args=(inbox_url, number)) for number in range(PROCESSES)]
    running += [processes.Process(target=pull_many, args=(inbox_url, database_url)) for _ in range(2)]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    assert [process.exitcode for process in running] == [0] * len(running)
    pull(inbox, engine, NOW)
    with read_session(engine) as session:
        assert session.scalar(select(PageViews.views)) == PROCESSES * LETTERS_EACH
        assert session.scalar(select(ViewerMonth.viewers)) == PROCESSES * LETTERS_EACH


def test_usage_is_kept_by_the_hour_only(inbox):
    inbox.put_all([viewers(1), wish()], NOW)
    made = {letter.kind: letter.made_at for batch in inbox.batches() for letter in batch}
    assert made == {"viewers": datetime(2026, 11, 24, 3), "wish": NOW}


BAD = [
    ("nothing", {}), ("wish", {}), ("wish", {"words": ""}), ("wish", {"words": "あ" * 201}), ("wish", {"words": "あ\0"}),
    ("wish", {"words": "あ", "address": "佐伯"}), ("wish", ["words"]), ("wish", {"words": 3}),
    ("report", {"words": "電話が違います"}), ("viewers", {"month": "2026-13", "marks": [], "views": {}}),
    ("viewers", {"month": "2026-11", "marks": ["192.0.2.7"], "views": {}}),
    ("viewers", {"month": "2026-11", "marks": [], "views": {"home": -1}}),
    ("viewers", {"month": "2026-11", "marks": [], "views": {"home": True}}),
    ("demand", {"day": "2026-11-24", "cells": [["佐伯", "need", "さびしい", 1, 0]]}),
    ("demand", {"day": "2026-11-24", "cells": [["佐伯", "need", "exercise", 1, 2]]}),
    ("demand", {"day": "今日", "cells": []}),
]


@pytest.mark.parametrize(("kind", "body"), BAD)
def test_what_a_kind_may_not_hold_is_refused_without_repeating_it(inbox, kind, body):
    with pytest.raises(InvalidRecord) as refused:
        inbox.put(kind, body, NOW)
    assert "さびしい" not in str(refused.value)
    assert "192.0.2.7" not in str(refused.value)
    assert list(inbox.batches()) == []


@pytest.mark.parametrize(("kind", "body"), [
    *BAD, viewers(1, month="2026-12"), demand(("", "", "", 1, 0), day="2026-12-01"), demand(day="2026-99-99"),
    ("wish", {"words": "長" * 70_000}),
])
def test_a_message_out_of_order_waits_for_a_person_and_is_not_counted(engine, inbox, kind, body):
    with inbox._engine.begin() as connection:
        connection.execute(insert(LETTERS).values(id="a", kind=kind, made_at=NOW, body=body))
    inbox.put(*wish(), NOW)
    report = pull(inbox, engine, NOW)
    assert (report.taken, report.unreadable) == ({"wish": 1}, 1)
    assert (count(engine, ViewerMonth), count(engine, DemandCount)) == (0, 0)
    with read_session(engine) as session:
        assert sorted(session.scalars(select(InboxItem.state))) == ["new", "unreadable"]


def test_cells_and_marks_that_come_twice_in_one_message_are_added_up(engine, inbox):
    inbox.put_all([demand(("佐伯", "", "", 1, 1), ("佐伯", "", "", 2, 0)), viewers(1, 1)], NOW)
    pull(inbox, engine, NOW)
    with read_session(engine) as session:
        row = session.scalars(select(DemandCount)).one()
        assert (row.searches, row.empty) == (3, 1)
        assert session.scalar(select(ViewerMonth.viewers)) == 1


def test_when_the_month_is_over_only_the_numbers_stay(engine, inbox):
    inbox.put_all([viewers(1, 2, home=4)], datetime(2026, 11, 30, 14, 59))
    pull(inbox, engine, datetime(2026, 11, 30, 15, 30))  # half past midnight in Japan: late counts may still come
    inbox.put_all([viewers(2, 3, home=1)], datetime(2026, 11, 30, 15, 31))
    pull(inbox, engine, datetime(2026, 11, 30, 15, 40))
    assert count(engine, ViewerMark) == 3
    pull(inbox, engine, datetime(2026, 11, 30, 16, 1))
    inbox.put_all([viewers(4, home=1)], datetime(2026, 11, 30, 16, 5))
    pull(inbox, engine, datetime(2026, 11, 30, 16, 6))
    assert count(engine, ViewerMark) == 0
    with read_session(engine) as session:
        month = session.scalars(select(ViewerMonth)).one()
        assert (month.viewers, month.closed, month.since.day) == (3, True, 30)
        assert session.scalar(select(PageViews.views)) == 6


@pytest.mark.postgres
def test_the_public_site_needs_only_the_right_to_add(postgres_url):
    owner = Inbox.open(postgres_url)
    with owner._engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS public_site"))
        connection.execute(text("CREATE ROLE public_site LOGIN"))
        connection.execute(text("GRANT INSERT ON inbox TO public_site"))
    public = Inbox(make_engine(postgres_url.replace("tests@", "public_site@")))
    public.prepare()
    public.put(*wish(), NOW)
    for forbidden in (lambda: list(public.batches()), lambda: public.remove(["a"])):
        with pytest.raises(ProgrammingError, match="permission denied"):
            forbidden()
    assert [letter.kind for batch in owner.batches() for letter in batch] == ["wish"]
    public.close()
    with owner._engine.begin() as connection:
        connection.execute(text("DROP OWNED BY public_site"))
        connection.execute(text("DROP ROLE public_site"))
    owner.close()


def test_what_the_desk_has_taken_leaves_no_trace_in_the_inbox_file(sqlite_url, tmp_path):
    inbox, engine = Inbox.open(f"sqlite:///{tmp_path / 'inbox.db'}"), make_engine(sqlite_url)
    inbox.put("wish", {"words": "cnrywish"}, NOW)
    files = [Path(f"{tmp_path / 'inbox.db'}{end}") for end in ("", "-wal")]
    assert any(b"cnrywish" in file.read_bytes() for file in files)
    pull(inbox, engine, NOW)
    assert not any(b"cnrywish" in file.read_bytes() for file in files if file.exists())


def test_every_kind_has_a_japanese_name():
    assert all(kind.label and set(kind.required) <= set(kind.checks) for kind in KINDS.values())
