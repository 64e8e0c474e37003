"""How many search pages a second does one server process send, and how many if nothing had to be searched?

    python -m scripts.benchmark_pages --json

One gunicorn process with one thread, asked over loopback HTTP by one client: a mix of real questions at /search, the same
pages rendered from results found beforehand, then home, a place, the calendar and a static file. With --residents 100 the
site as it is served is asked by so many at once, --seconds long. The last line is one JSON object.
"""

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import quote_plus, urlencode

from tqdm import tqdm

from directory.search import read_parameters, search
from directory.settings import PROJECT, Settings
from scripts.benchmarking.residents import ask_in_parallel

QUESTIONS: tuple[tuple[tuple[str, str], ...], ...] = tuple((("q", words),) for words in (
    "水曜 午前 佐伯 体操", "ひとりぼっちでさみしい", "お茶", "百歳体操", "こども食堂", "認知症カフェ", "車いす カフェ", "買い物",
    "ながすた", "さろん", "送迎 体操", "無料 土曜", "囲碁 将棋", "畑", "子育て 大野", "宮島", "吉和 サロン", "ボランティア",
    "日本語", "夜 若者", "男性 料理", "ひきこもり 家族", "大野 火曜 午後 無料", "スマホ", "歌", "もの忘れ", "仕事 体験", "編み物",
)) + (
    (), (("area", "佐伯"), ("day", "wed")), (("need", "company"),), (("q", "体操"), ("wheelchair", "yes")),
    (("q", "サロン"), ("page", "2")), (("near", "津田"), ("sort", "near")),
)


def application() -> object:
    """The site with one more address, /fixed/<n>: the page of QUESTIONS[n] from results found beforehand."""
    from web import create_app
    from web.site import site
    from web.views.public import render_results

    app = create_app(Settings.from_environment(os.environ), "public")
    with app.app_context():
        now = site().now()
        catalog = site().keeper.current(now)
        found = [search(catalog, read_parameters(pairs, catalog), now) for pairs in QUESTIONS]
    app.add_url_rule("/fixed/<int:number>", "fixed", lambda number: render_results(found[number]))
    return app


def main() -> None:
    """Serve, ask in turns, print."""
    options = _options()
    with TemporaryDirectory() as folder:
        environment = {**os.environ, "YORIDOKORO_INSTANCE": folder}
        environment |= {} if options.own_database else _sample_city(Path(folder))
        with _served(ALONE, environment) as (_port, connection):
            seconds = min(options.seconds, LONGEST)
            figures = _measure(connection, seconds)
            others = _other_pages(connection)
            figures |= {f"{name}_rps": _median_rate(connection, [path], seconds) for name, path in others.items()}
        if options.residents:
            with _served(AS_SERVED, environment) as (port, connection):
                paths = [*_searches(), *others.values()]
                for path in paths:
                    _get(connection, path)
                figures |= ask_in_parallel(port, paths, options.residents, options.seconds)
    if not options.json:
        print("検索ページ {search_rps:.0f}/秒、さがさずに同じページ {fixed_rps:.0f}/秒、比 {ratio:.2f}".format(**figures))
    print(json.dumps(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="JSON の行だけを出す")
    parser.add_argument("--seconds", type=float, default=10.0, help="測る秒数（既定 10。1種類のページは長くても10秒）")
    parser.add_argument("--residents", type=int, default=0, help="同時に使う人の数（既定 0: 測らない。100 まで確かめています）")
    parser.add_argument("--own-database", action="store_true", help="見本の市ではなく DIRECTORY_DATABASE_URL を使う")
    return parser.parse_args()


def _sample_city(folder: Path) -> dict[str, str]:
    """A database of its own with the sample city, so that the figures mean the same everywhere."""
    environment = {"DIRECTORY_DATABASE_URL": f"sqlite:///{folder / 'directory.db'}"}
    for module in (("scripts.migrate", "up"), ("scripts.load_sample",)):
        subprocess.run([sys.executable, "-m", *module], cwd=PROJECT, env={**os.environ, **environment}, check=True,
                       stdout=subprocess.DEVNULL)
    return environment


# A figure of one page is steady by then; only the residents stay as long as they are told to.
LONGEST = 10.0
# One thread, so that the figures are what a page costs.
ALONE = ("--workers", "1", "--worker-class", "gthread", "--threads", "1", "--keep-alive", "60", "--log-level", "warning",
         "scripts.benchmark_pages:application()")
AS_SERVED = ("-c", "web/gunicorn.py", "--access-logfile", "/dev/null", "--log-level", "warning", "web.wsgi:app")


@contextmanager
def _served(how: tuple[str, ...], environment: Mapping[str, str]) -> Iterator[tuple[int, HTTPConnection]]:
    """A server for as long as it is needed: its port and a connection to it."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *how]
    server = subprocess.Popen(command, cwd=PROJECT, env={**environment, "PORT": str(port)})
    try:
        yield port, _connected(port, server)
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _connected(port: int, server: subprocess.Popen, patience: float = 180.0) -> HTTPConnection:
    """A connection to the server, once it answers."""
    end = time.monotonic() + patience
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            _get(connection, "/healthz")
            return connection
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                raise SystemExit("サーバーが始まりませんでした。上の記録を見てください。") from None
            time.sleep(0.2)


def _measure(connection: HTTPConnection, seconds: float) -> dict[str, float]:
    """Requests a second of both kinds: medians of alternating rounds, so that a busy moment hits both."""
    searched = _searches()
    fixed = [f"/fixed/{number}" for number in range(len(QUESTIONS))]
    for url in (*searched, *fixed):
        _get(connection, url)
    rates: dict[str, list[float]] = {"search": [], "fixed": []}
    with tqdm(total=10, desc="測定", file=sys.stderr) as progress:
        for _round in range(5):
            for name, urls in (("search", searched), ("fixed", fixed)):
                rates[name].append(_rate(connection, urls, seconds / 5))
                progress.update()
    search_rps, fixed_rps = median(rates["search"]), median(rates["fixed"])
    ratio = round(search_rps / fixed_rps, 3)
    return {"search_rps": round(search_rps, 1), "fixed_rps": round(fixed_rps, 1), "ratio": ratio}


def _searches() -> list[str]:
    return [f"/search?{urlencode(pairs, quote_via=quote_plus)}" for pairs in QUESTIONS]


def _other_pages(connection: HTTPConnection) -> dict[str, str]:
    """Addresses of one page of each other kind, the place and the file as the pages link to them."""
    page = _get(connection, "/search")
    place, file = (re.findall(pattern, page)[0] for pattern in (r"/listings/[0-9a-f-]{36}", r"/static/\w+/site\.css"))
    return {"home": "/", "listing": place, "calendar": "/calendar", "static": file}


def _median_rate(connection: HTTPConnection, urls: list[str], seconds: float) -> float:
    for url in urls:
        _get(connection, url)
    return round(median(_rate(connection, urls, seconds / 5) for _round in range(5)), 1)


def _rate(connection: HTTPConnection, urls: list[str], seconds: float) -> float:
    """Whole rounds of all addresses until the time is up."""
    begin, answered = time.perf_counter(), 0
    for number, url in enumerate(cycle(urls)):
        if number % len(urls) == 0 and time.perf_counter() - begin >= seconds:
            break
        _get(connection, url)
        answered += 1
    return answered / (time.perf_counter() - begin)


def _get(connection: HTTPConnection, url: str) -> str:
    connection.request("GET", url)
    response = connection.getresponse()
    text = response.read().decode("utf-8", "replace")
    if response.status != 200:
        raise SystemExit(f"{url} が {response.status} を返しました。サーバーの記録を見てください。")
    return text


if __name__ == "__main__":
    main()
