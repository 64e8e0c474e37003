"""Does one line that asks too much wait, and everybody else not? Told in plain words, with a number to call."""

import pytest
from flask import Flask

from tests.web.conftest import Site
from tests.web.test_search_page import PHONE
from web import create_app
from web.limits import LIMITS, MAKING_FILES, Allowance, Buckets, line_of

LITTLE = Allowance(burst=3, a_minute=6)


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def app(site: Site) -> Flask:
    return create_app(site.settings, "public")


def asked(app: Flask, address: str, path: str = "/my-list.ics"):
    return app.test_client().get(path, environ_overrides={"REMOTE_ADDR": address})


def test_a_bucket_is_full_at_first_and_fills_up_again(clock: Clock) -> None:
    buckets = Buckets(clock)
    assert [buckets.wait("a", LITTLE) for _ in range(5)] == [0, 0, 0, 10, 10]
    clock.seconds = 10.1
    assert [buckets.wait("a", LITTLE) for _ in range(2)] == [0, 10]
    clock.seconds = 10_000
    assert [buckets.wait("a", LITTLE) for _ in range(4)] == [0, 0, 0, 10]


def test_lines_do_not_share_a_bucket(clock: Clock) -> None:
    buckets = Buckets(clock)
    assert [buckets.wait(line, LITTLE) for line in "aaaab"] == [0, 0, 0, 10, 0]


def test_only_so_many_lines_are_remembered_and_none_by_its_address(clock: Clock) -> None:
    buckets = Buckets(clock, most=100)
    for number in range(1000):
        buckets.wait(f"192.0.2.{number}", LITTLE)
    assert len(buckets) == 100
    assert "192.0.2" not in repr(vars(buckets))


def test_who_asks_too_much_is_told_how_long_to_wait_and_whom_to_call(app: Flask) -> None:
    answers = [asked(app, "192.0.2.1") for _ in range(MAKING_FILES.burst + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    last = answers[-1]
    assert last.status_code == 429
    assert 1 <= int(last.headers["Retry-After"]) <= 60
    assert PHONE in last.text and "少しだけ お待ちください" in last.text


def test_others_and_cheap_pages_go_on(app: Flask) -> None:
    while asked(app, "192.0.2.2").status_code == 200:
        pass
    assert asked(app, "192.0.2.3").status_code == 200
    assert {asked(app, "192.0.2.2", "/healthz").status_code for _ in range(30)} == {200}


def test_a_home_is_one_line_whatever_address_its_devices_take() -> None:
    assert line_of("2001:db8:1:2::a") == line_of("2001:db8:1:2:ffff::b") != line_of("2001:db8:1:3::a")
    assert line_of("::ffff:192.0.2.1") == line_of("192.0.2.1") == "192.0.2.1"
    assert line_of("nonsense") == line_of(None) == ""


def test_a_proxy_on_the_machine_that_tells_nobody_apart_is_not_shut_out(app: Flask) -> None:
    assert {asked(app, "127.0.0.1").status_code for _ in range(MAKING_FILES.burst * 3)} == {200}


def test_a_proxy_that_is_known_tells_lines_apart(site: Site) -> None:
    from dataclasses import replace

    client = create_app(replace(site.settings, proxies=1), "public").test_client()

    def status(forwarded: str) -> int:
        return client.get("/my-list.ics", headers={"X-Forwarded-For": forwarded}).status_code

    statuses = [status(f"203.0.113.{number}, 192.0.2.9") for number in range(MAKING_FILES.burst + 1)]
    assert statuses[-1] == 429, "what a visitor writes himself is not believed"
    assert status("192.0.2.10") == 200


def test_every_limited_page_exists(site: Site) -> None:
    assert set(LIMITS) <= set(site.app.view_functions)
