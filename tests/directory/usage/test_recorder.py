"""Do counts reach the inbox without a request waiting for it, and survive a restart, a failure and a fork?"""

import os
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from directory.db import make_engine, read_session
from directory.inbox import Inbox
from directory.inbox.pulling import pull
from directory.models import PageViews
from directory.settings import Settings
from directory.usage import UsageRecorder, monthly_viewers
from directory.usage.month_key import MonthKey
from directory.usage.viewers import ViewerCounter

NOW = datetime(2026, 11, 24, 9, 0)  # in Japan
UTC_NOW = datetime(2026, 11, 24, 0, 0)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


@pytest.fixture
def settings(tmp_path):
    return Settings.from_environment({"YORIDOKORO_INSTANCE": str(tmp_path / "instance")})


@pytest.fixture
def start(settings):
    """Start a process of the site, as often as a test wants."""
    started = []

    def start(**more):
        key = MonthKey(settings.instance / "viewers.key")
        recorder = UsageRecorder(Inbox.open(settings.inbox_url), ViewerCounter(key), lambda: NOW, **more)
        started.append(recorder)
        return recorder

    yield start
    for recorder in started:
        recorder.close()


def letters(settings):
    inbox = Inbox.open(settings.inbox_url)
    found = [letter for batch in inbox.batches() for letter in batch]
    inbox.close()
    return found


def test_a_look_waits_in_memory_until_the_flush(settings, start):
    recorder = start()
    recorder.page_seen("192.0.2.7", PHONE, "home")
    assert letters(settings) == []
    recorder.flush()
    letter, = letters(settings)
    assert (letter.kind, letter.made_at, letter.body["views"]) == ("viewers", UTC_NOW, {"home": 1})


def test_the_thread_flushes_by_itself(start):
    flushed = Event()
    recorder = start(seconds=0.05, then=lambda now: flushed.set())
    recorder.page_seen("192.0.2.7", PHONE, "home")
    assert flushed.wait(20)


def test_stopping_hands_over_the_rest_and_counting_survives_the_restart(settings, start, engine):
    for _ in range(2):
        recorder = start()
        recorder.page_seen("192.0.2.7", PHONE, "home")
        recorder.close()
    inbox = Inbox.open(settings.inbox_url)
    pull(inbox, engine, UTC_NOW)
    inbox.close()
    with read_session(engine) as session:
        month, = monthly_viewers(session)
    assert (month.month, month.viewers, month.views, month.since.day) == ("2026-11", 1, 2, 24)


def test_counts_wait_when_the_inbox_cannot_be_reached(settings, start, monkeypatch, caplog):
    recorder = start()
    recorder.page_seen("192.0.2.7", PHONE, "home")
    with monkeypatch.context() as broken:
        broken.setattr(Inbox, "put_all", lambda *_: (_ for _ in ()).throw(OperationalError("x", {}, OSError())))
        recorder.flush()
    assert "OperationalError" in caplog.text
    recorder.flush()
    assert [letter.body["views"] for letter in letters(settings)] == [{"home": 1}]


def test_a_fork_does_not_count_again_what_its_parent_counted(settings, start):
    recorder = start()
    recorder.page_seen("192.0.2.7", PHONE, "home")
    child = os.fork()
    if child == 0:
        recorder.page_seen("192.0.2.8", PHONE, "search")
        recorder.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    recorder.close()
    assert sorted(str(letter.body["views"]) for letter in letters(settings)) == ["{'home': 1}", "{'search': 1}"]


def test_the_desk_may_pull_after_each_flush(settings, start, sqlite_url):
    engine, inbox = make_engine(sqlite_url), Inbox.open(settings.inbox_url)
    recorder = start(then=lambda now: pull(inbox, engine, now))
    recorder.page_seen("192.0.2.7", PHONE, "listing")
    recorder.flush()
    with read_session(engine) as session:
        assert session.scalars(select(PageViews.page)).all() == ["listing"]
    inbox.close()
    engine.dispose()


def test_opened_from_settings_it_leaves_out_the_staff(tmp_path):
    settings = Settings.from_environment({
        "YORIDOKORO_INSTANCE": str(tmp_path), "YORIDOKORO_STAFF_NETWORKS": "192.0.2.0/24, 2001:db8::/48"})
    recorder = UsageRecorder.open(settings, lambda: NOW)
    assert not recorder.page_seen("192.0.2.7", PHONE, "home")
    assert recorder.page_seen("198.51.100.7", PHONE, "home")
    recorder.close()
    assert Path(tmp_path, "viewers.key").exists()
