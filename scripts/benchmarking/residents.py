"""Does the served site bear a hundred residents at once? Each on a line of its own, one page after the other."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Thread

BROWSER = {"User-Agent": "Mozilla/5.0 (benchmark of a resident)", "Accept-Encoding": "gzip"}
PATIENCE = 60.0


@dataclass
class Told:
    """What one resident met."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def ask_in_parallel(port: int, paths: Sequence[str], residents: int, seconds: float) -> dict[str, float]:
    """Figures of `residents` asking for `paths` in turn, each beginning at another one, until the time is up."""
    end = time.monotonic() + seconds
    told = [Told() for _ in range(residents)]
    threads = [
        Thread(target=_reside, args=(port, _from(paths, number), _line(number), end, told[number]), daemon=True)
        for number in range(residents)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(time_ for one in told for time_ in one.seconds) or [0.0]
    return {
        "residents": residents, "residents_requests": sum(len(one.seconds) for one in told),
        "residents_errors": sum(len(one.errors) for one in told),
        "residents_p95_ms": round(times[int(len(times) * 0.95)] * 1000, 1),
        "residents_slowest_ms": round(times[-1] * 1000, 1),
    }


def _line(number: int) -> str:
    """Loopback has sixteen million addresses: residents are told apart as they are in a city."""
    return f"127.1.{number // 200}.{number % 200 + 2}"


def _from(paths: Sequence[str], number: int) -> Iterator[str]:
    while True:
        yield paths[number % len(paths)]
        number += 1


def _reside(port: int, paths: Iterator[str], line: str, end: float, told: Told) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=(line, 0))
    while time.monotonic() < end:
        path, begin = next(paths), time.perf_counter()
        try:
            connection.request("GET", path, headers=BROWSER)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                told.errors.append(f"{path} {response.status}")
        except (OSError, HTTPException) as error:
            connection.close()
            told.errors.append(f"{path} {type(error).__name__}")
        told.seconds.append(time.perf_counter() - begin)
    connection.close()
