"""Is a viewer counted once a month, a program never, and is nothing kept by which anybody could be found again?"""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from ipaddress import ip_network
from pathlib import Path

import pytest

from directory.usage import viewers
from directory.usage.bots import is_bot
from directory.usage.month_key import MonthKey
from directory.usage.viewers import ViewerCounter

NOVEMBER, DECEMBER = datetime(2026, 11, 24, 9, 0), datetime(2026, 12, 1, 0, 0)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def key_file(tmp_path):
    return tmp_path / "instance" / "viewers.key"


@pytest.fixture
def counter(key_file):
    return ViewerCounter(MonthKey(key_file), (ip_network("10.1.0.0/16"), ip_network("2001:db8:5::/48")))


def marks(bodies):
    return {mark for body in bodies for mark in body["marks"]}


def views(bodies):
    return [body["views"] for body in bodies]


def test_one_person_looking_three_times_is_one_viewer_and_three_views(counter):
    for page in ("home", "search", "search"):
        assert counter.seen(NOVEMBER, "192.0.2.7", PHONE, page)
    body, = counter.take()
    assert (body["month"], len(body["marks"]), body["views"]) == ("2026-11", 1, {"home": 1, "search": 2})


def test_another_line_and_another_browser_are_others(counter):
    for address, browser in (("192.0.2.7", PHONE), ("192.0.2.8", PHONE), ("192.0.2.7", OFFICE)):
        counter.seen(NOVEMBER, address, browser)
    assert len(marks(counter.take())) == 3


@pytest.mark.parametrize(("first", "second", "same"), [
    ("2001:db8::1", "2001:db8::ffff:2", True),  # the same home: a device changes its address every day
    ("2001:db8::1", "2001:db8:0:1::1", False),
    ("::ffff:192.0.2.7", "192.0.2.7", True),
    ("fe80::1%eth0", "fe80::1", True),
])
def test_a_home_with_ipv6_is_one_line(counter, first, second, same):
    counter.seen(NOVEMBER, first, PHONE)
    counter.seen(NOVEMBER, second, PHONE)
    assert len(marks(counter.take())) == (1 if same else 2)


@pytest.mark.parametrize("address", ["10.1.2.3", "2001:db8:5::9", "::ffff:10.1.2.3", "", None, "unix:", "192.0.2"])
def test_staff_and_lines_without_an_address_are_not_counted(counter, address):
    assert not counter.seen(NOVEMBER, address, PHONE)
    assert counter.take() == []


@pytest.mark.parametrize("program", [
    "", None, " ", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "curl/8.5.0",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0) Chrome/116.0", "Werkzeug/3.1",
    "facebookexternalhit/1.1", "python-requests/2.32", "Mozilla/5.0 (X11; Linux) HeadlessChrome/141.0 Safari/537.36",
    "facebookexternalhit/1.1;line-poker/1.0", "Mozilla/5.0 (compatible; Baiduspider/2.0)", "Google-Calendar-Importer",
])
def test_programs_are_not_counted(counter, program):
    assert is_bot(program)
    assert not counter.seen(NOVEMBER, "192.0.2.7", program)


@pytest.mark.parametrize("browser", [
    PHONE, OFFICE,
    "Mozilla/5.0 (Linux; Android 14; CUBOT P80) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari Line/14.9.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.6 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Linux; Android 13; SH-53C) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
])
def test_browsers_of_people_are_counted(browser):
    assert not is_bot(browser)


def test_nothing_handed_over_or_kept_holds_the_address_or_the_browser(counter, key_file):
    counter.seen(NOVEMBER, "192.0.2.77", PHONE, "search")
    kept = repr(counter.take()) + repr(vars(counter)) + key_file.read_text()
    assert not [word for word in ("192.0.2.77", "iPhone") if word in kept]


def test_the_same_person_has_another_mark_in_another_month(counter):
    counter.seen(NOVEMBER, "192.0.2.7", PHONE)
    counter.seen(DECEMBER, "192.0.2.7", PHONE)
    november, december = counter.take()
    assert set(november["marks"]).isdisjoint(december["marks"])


def test_the_key_can_be_read_by_its_user_only_and_is_another_every_month(counter, key_file):
    counter.seen(NOVEMBER, "192.0.2.7", PHONE)
    november = key_file.read_text()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    counter.seen(DECEMBER, "192.0.2.7", PHONE)
    december = key_file.read_text()
    assert (november.split()[0], december.split()[0]) == ("2026-11", "2026-12")
    assert november.split()[1] not in december
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


def test_the_key_is_destroyed_at_the_end_of_the_month_even_when_nobody_comes(counter, key_file):
    counter.seen(NOVEMBER, "192.0.2.7", PHONE)
    counter.month_began(NOVEMBER)
    assert key_file.exists()
    counter.month_began(DECEMBER)
    assert not key_file.exists()
    assert counter._key._known is None


def test_its_bytes_are_overwritten_before_it_is_removed(key_file, monkeypatch):
    key = MonthKey(key_file)
    key.key("2026-11")
    left = []
    monkeypatch.setattr(Path, "unlink", lambda path, **_: left.append(path.read_bytes()))
    key.destroy_before("2026-12")
    assert [set(content) for content in left] == [{0}]


def test_a_late_look_of_the_last_month_counts_as_a_view_only(counter):
    counter.seen(DECEMBER, "192.0.2.7", PHONE)
    assert counter.seen(NOVEMBER, "192.0.2.7", PHONE)
    by_month = {body["month"]: body for body in counter.take()}
    assert (len(by_month["2026-11"]["marks"]), by_month["2026-11"]["views"]) == (0, {"other": 1})


def test_a_damaged_key_file_is_replaced(key_file):
    MonthKey(key_file).key("2026-11")
    key_file.write_bytes(b"\xff broken")
    assert len(MonthKey(key_file).key("2026-11")) == 32


def test_processes_of_a_host_share_the_key(key_file):
    code = ("import sys; from pathlib import Path; from directory.usage.month_key import MonthKey;"
            "print(MonthKey(Path(sys.argv[1])).key('2026-11').hex())")
    command = [sys.executable, "-c", code, str(key_file)]
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    assert len({process.communicate(timeout=120)[0] for process in running}) == 1


def test_who_was_told_once_is_not_told_again_by_the_same_process(counter):
    counter.seen(NOVEMBER, "192.0.2.7", PHONE, "home")
    counter.take()
    counter.seen(NOVEMBER, "192.0.2.7", PHONE, "home")
    body, = counter.take()
    assert (body["marks"], body["views"]) == ([], {"home": 1})


def test_what_could_not_be_handed_over_is_handed_over_the_next_time(counter):
    counter.seen(NOVEMBER, "192.0.2.7", PHONE, "home")
    taken = counter.take()
    counter.give_back(taken)
    counter.seen(NOVEMBER, "192.0.2.7", PHONE, "home")
    body, = counter.take()
    assert (body["marks"], body["views"]) == (taken[0]["marks"], {"home": 2})


def test_many_viewers_are_handed_over_in_several_letters_with_their_views_once(counter, monkeypatch):
    monkeypatch.setattr(viewers, "MARKS_A_LETTER", 4)
    for number in range(10):
        counter.seen(NOVEMBER, f"192.0.2.{number}", PHONE, "home")
    bodies = counter.take()
    assert [len(body["marks"]) for body in bodies] == [4, 4, 2]
    assert views(bodies) == [{"home": 10}, {}, {}]


def test_a_flood_of_invented_browsers_does_not_fill_the_memory(counter, monkeypatch):
    monkeypatch.setattr(viewers, "MOST_NEW", 50)
    for number in range(200):
        counter.seen(NOVEMBER, "192.0.2.7", f"{PHONE} {number}", "home")
    body, = counter.take()
    assert (len(body["marks"]), body["views"]) == (50, {"home": 200})


def test_no_look_is_lost_among_threads(counter):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: counter.seen(NOVEMBER, f"192.0.2.{number % 50}", PHONE, "home"), range(2000)))
    body, = counter.take()
    assert (len(body["marks"]), body["views"]) == (50, {"home": 2000})


def test_a_folder_that_cannot_be_written_costs_the_viewers_not_the_page(tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("")
    counter = ViewerCounter(MonthKey(blocked / "viewers.key"))
    assert counter.seen(NOVEMBER, "192.0.2.7", PHONE, "home")
    assert views(counter.take()) == [{"home": 1}]
    assert "192.0.2.7" not in caplog.text
    assert os.listdir(tmp_path) == ["file"]


def test_a_page_nobody_named_is_another(counter):
    counter.seen(NOVEMBER, "192.0.2.7", PHONE, "<script>")
    assert views(counter.take()) == [{"other": 1}]
