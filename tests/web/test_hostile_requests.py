"""Can any request to any address bring the site down? Thousands of hostile ones: never a 5xx, never two seconds.

Requests are made by a seeded generator over every rule of `url_map`, so a page that is added is attacked as well.
"""

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from tests.matcher.conftest import casework_file  # noqa: F401
from tests.web.conftest import Site
from tests.web.town import SECRETS, Town
from web import create_app

REQUESTS, LONG_REQUESTS = 400, 20_000
SLOWEST_SECONDS = 2.0
ENEMY = "evil.example"

# Words that once broke somebody's site, or could break ours.
VALUES = (
    "", " ", "0", "-1", "1e999", "nan", "inf", "NaN", "99999999999999999999", "１２", "½", "yes", "no", "unknown", "true",
    "null", "None", "undefined", "[]", "{}", "\0", "\r\nSet-Cookie: a=b", "%00", "%", "%zz", "％", "\ud800", "\u202e",
    "\ufeff", "か\u3099" * 50, "👨‍👩‍👧‍👦" * 30, "ﾊﾝｶｸ", "(((((", ")" * 400, '"' * 301, "-" * 500, "*" * 200, "'; DROP TABLE x",
    "' OR 1=1 --", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "../../etc/passwd", "..%2f..%2f", "//evil.example",
    "https://evil.example", "\\\\evil.example", "javascript:alert(1)", "9999-12-31", "0001-01-01", "2026-02-30",
    "2026-13-45", "9999-12", "0000-00", "2026-11", "10000-01-01", "24:00", "25:61", "-1:-1", "09:00", "wed", "weds", "now",
    "34.3,132.1", "nan,nan", "91,181", "inf,-inf", ",", ",,,,", "1,2,3", "佐伯", "大野", "ドコニモナイ町", "体操",
    "水曜 午前 佐伯 体操", "死にたい", "あ" * 5000, "a" * 8000, "体操 " * 300, "free", "300", "recommended", "near", "updated",
    "salon", "company", "ended", "481-205-9377", "AAAAAAAAAAAAAAAAAAAAAA", "12-034",
    "s3f1e1", "s9f9e9", "site.css", "ground.json", "x.ics", ".ics", "__class__", "constructor",
)
NAMES = (
    "q", "area", "day", "time", "from", "until", "when", "date", "frequency", "holidays", "need", "kind", "cost", "ids",
    "first_free", "welcome", "audience", "pickup", "at_home", "men", "with_child", "near", "at", "within", "sort", "page",
    "month", "district", "worry", "for", "view", "back", "done", "full", "add", "remove", "keep", "empty", "size",
    "furigana", "easy", "about", "words", "contact", "k", "number", "organization", "listing.phone", "piece", "wheelchair",
    "quiet", "version", "q[]", "__proto__", "", "a" * 500, "\0", "é",
)
METHODS = ("GET",) * 12 + ("HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO")
HEADERS = (
    ("Host", ENEMY), ("Host", ""), ("Host", "a b"), ("Host", "[::1"), ("X-Forwarded-Host", ENEMY),
    ("X-Forwarded-For", "'; DROP"), ("Accept-Encoding", "gzip;q=nan, *;q=-1, \x7f"), ("Accept-Encoding", "gzip"),
    ("If-None-Match", "*"), ("If-None-Match", 'W/"' + "a" * 3000), ("If-None-Match", '"' * 99), ("If-Match", "*"),
    ("If-Modified-Since", "yesterday"), ("Range", "bytes=-1-,9999999-"), ("Accept-Language", "\xff;q=x"),
    ("Content-Type", "multipart/form-data"), ("Content-Type", "application/json; charset=utf-99"),
    ("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", "-5"), ("User-Agent", ""),
    ("User-Agent", "Mozilla/5.0 " + "x" * 9000), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site"),
    ("Origin", "null"), ("Origin", f"https://{ENEMY}"), ("HX-Request", "true"), ("Transfer-Encoding", "chunked"),
)


@dataclass(frozen=True)
class Request:
    """One request as the test client sends it."""

    path: str
    method: str
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Attacker:
    """Makes requests from a seed; the same seed makes the same requests."""

    def __init__(self, seed: int, app: Flask, town: Town) -> None:
        self._random = random.Random(seed)
        self._rules = sorted(rule.rule for rule in app.url_map.iter_rules())
        ids = (town.rich, town.masked, town.closed, town.merged, *town.hidden)
        self._ids = (*ids, "0" * 8 + "-0000-0000-0000-" + "0" * 12, ids[0].upper(), ids[0][:-1])

    def requests(self, count: int) -> Iterator[Request]:
        """Every rule in turn, each time with something else."""
        for number in range(count):
            path = self._path(self._rules[number % len(self._rules)])
            method = self._random.choice(METHODS)
            body = self._body() if method in ("POST", "PUT", "PATCH") else b""
            yield Request(path, method, self._headers(), body)

    def _path(self, rule: str) -> str:
        parts = [self._part(part) if part.startswith("<") else part for part in _split(rule)]
        pairs = [f"{_quoted(self._name())}={_quoted(self._value())}" for _ in range(self._random.choice((0, 1, 1, 2, 4)))]
        if self._random.random() < 0.02:
            pairs = [f"{_quoted(self._name())}={n}" for n in range(1500)]
        return "".join(parts) + (f"?{'&'.join(pairs)}" if pairs else "")

    def _part(self, placeholder: str) -> str:
        """What stands in the place of `<listing_id>` or `<name>`."""
        known = self._ids if "listing" in placeholder else ("佐伯", "salon", "site.css", "1", "x")
        return _quoted(self._random.choice(known if self._random.random() < 0.5 else VALUES))

    def _name(self) -> str:
        return self._random.choice(NAMES)

    def _value(self) -> str:
        kind = self._random.random()
        if kind < 0.15:
            return self._random.choice((",", ".", " ")).join(self._random.choices(self._ids, k=self._random.choice((1, 5, 400))))
        if kind < 0.3:
            return "".join(chr(self._random.randrange(1, 0x3100)) for _ in range(self._random.randrange(60)))
        return self._random.choice(VALUES)

    def _headers(self) -> tuple[tuple[str, str], ...]:
        chosen = self._random.sample(HEADERS, self._random.choice((0, 0, 1, 2)))
        if self._random.random() < 0.3:
            cookies = (f"my_list={'.'.join(self._ids * 900)}", "display=s3f1e1", "display=\xff", "=;;=", "my_list=" + "a" * 9000,
                       f"my_list={self._ids[0]}; display=s2f1e0; asked=1")
            chosen.append(("Cookie", self._random.choice(cookies)))
        return tuple(chosen)

    def _body(self) -> bytes:
        pairs = [f"{_quoted(self._name())}={_quoted(self._value())}" for _ in range(3)]
        return self._random.choice(("&".join(pairs).encode(), self._random.randbytes(200), b"", b"\xff=%ff&" * 50))


def _split(rule: str) -> list[str]:
    return rule.replace("<", "\0<").replace(">", ">\0").split("\0")


def _quoted(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.fixture(scope="module")
def attacked(site: Site, tmp_path_factory: pytest.TempPathFactory, casework_file: Path) -> Site:  # noqa: F811
    """The site of the small town with an empty casework database: the doors of the desks are attacked as well."""
    folder = tmp_path_factory.mktemp("attacked")
    url = f"sqlite:///{shutil.copy(casework_file, folder / 'casework.db')}"
    settings = replace(site.settings, casework_database_url=url, casework_key_file=folder / "keys.json")
    return replace(site, settings=settings)


def attack(site: Site, count: int, seed: int) -> None:
    app = create_app(site.settings, "all")
    client = app.test_client(use_cookies=False)
    client.get("/search?q=体操")  # the catalog is built once, at the start
    for request in Attacker(seed, app, site.town).requests(count):
        begin = time.process_time()  # a busy machine is no failure of the site
        response = client.open(request.path, method=request.method, headers=list(request.headers), data=request.body)
        text = response.get_data(as_text=False).decode("utf-8", "replace")
        seconds = time.process_time() - begin
        assert response.status_code < 500, request
        assert seconds < SLOWEST_SECONDS, (seconds, request)
        assert "Traceback" not in text and not any(secret in text for secret in SECRETS), request
        assert not (response.location or "").startswith(("http:", "https:", "//", "/\\")), request
        assert "\n" not in str(response.location or ""), request


def test_hostile_requests_get_an_answer(attacked: Site) -> None:
    attack(attacked, REQUESTS, seed=3)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_twenty_thousand_hostile_requests_get_an_answer(attacked: Site, seed: int) -> None:
    attack(attacked, LONG_REQUESTS // 4, seed=100 + seed)


def test_every_rule_is_attacked(site: Site) -> None:
    app = create_app(site.settings, "all")
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert len(rules) * 2 < REQUESTS
    attacker = Attacker(1, app, site.town)
    assert set(attacker._rules) == rules
