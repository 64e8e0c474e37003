"""How fast is a whole search, beside SQLite FTS5, Whoosh and LIKE over the same made-up cities?

    python -m scripts.benchmark_search --sizes 2000,20000,200000 --json

A search is words → filters → every facet count and every count without one condition → the best 20 rows, measured as
`search`; the rivals do the same as far as they can. All are handed the same questions already read (`read_p50_ms` is
what reading one takes) and nobody makes cards of the rows. `page_p50_ms` is everything a page needs: reading, search,
20 cards with marked words, labels of all choices. Nothing keeps answers to words from one round to the next; sets of
opening times are kept, as in service. Each size runs in a process of its own. The last line of --json is one object
keyed by size: milliseconds, `build_s` from listings with stored terms to a catalog, `rss_mb` of the process that holds
it. Before it: how long the catalog of 5,000 listings takes from a database, and one edit. """

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import numpy as np
from tqdm import tqdm

from directory.catalog import Assembler, Catalog
from directory.catalog.documents import document_keys, document_texts
from directory.catalog.timetable import BANDS
from directory.listing import Listing
from directory.listings import PUBLIC
from directory.search import SearchQuery, search
from directory.search.answer import find
from directory.search.chips import in_force
from directory.search.filters import filters_of
from directory.search.opening import DAYS
from directory.search.screening import offered
from directory.settings import Settings
from directory.text import ParsedQuery, document_terms, parse_query
from directory.text.reference import WhooshReference
from directory.vocabulary import load_vocabulary
from scripts.benchmarking.catalog_timing import catalog_timing
from scripts.benchmarking.sql_rivals import SqlRival, Task
from scripts.benchmarking.synthetic_city import (
    City,
    WordTerms,
    folded,
    listings,
    synthetic_city,
)

NOW = datetime(2026, 11, 24, 10)
QUESTIONS = (
    "体操", "お茶", "囲碁", "手芸", "認知症カフェ", "さろん", "百才体操", "ひとりぼっちでさみしい", "水曜の午前に佐伯で体操できるところ",
    "介護で疲れた", "車がないけど行けるところ", "子ども食堂 土曜", "車いす 駐車場 サロン", "畑 木曜", "無料 手芸", "大野 囲碁", "送迎 体操",
    "定年後 ボランティア", "静か 少人数", "平日の午後 ゲーム", "将棋 -囲碁", "何か手伝いたい",
)
RANDOM_QUESTIONS, RANDOM_RANKS = 20, (30, 3_000)
ROUNDS = 5
# Slow rivals are asked each question this often; Whoosh needs minutes to index the largest city.
RIVAL_ROUNDS = 2
LISTINGS_OF_A_TOWN = 5_000
SHOWN = ("search_p50_ms", "search_p95_ms", "fts5_p50_ms", "whoosh_p50_ms", "like_p50_ms", "read_p50_ms", "page_p50_ms",
         "build_s", "rss_mb")

Answer = TypeVar("Answer")


def main(arguments: list[str] | None = None) -> int:
    """Measure every size in a fresh process and print."""
    options = _command_line(arguments)
    if options.one is not None:
        print(json.dumps(measure(options.one)))
        return 0
    for line in [] if options.no_town else catalog_timing(LISTINGS_OF_A_TOWN, NOW):
        print(line, flush=True)
    figures = {}
    for size in options.sizes:
        figures[str(size)] = _in_process(size)
        print(_sentence(size, figures[str(size)]), flush=True)
    if options.json:
        print(json.dumps(figures))
    return 0


def _command_line(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.benchmark_search", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")],
                        default=[2_000, 20_000, 200_000], help="numbers of listings, with commas")
    parser.add_argument("--json", action="store_true", help="end with one JSON object on the last line")
    parser.add_argument("--no-town", action="store_true", help="leave out the 5,000 listings from a database")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _in_process(size: int) -> dict[str, float]:
    """Measure one size in a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "scripts.benchmark_search", "--one", str(size)]
    finished = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(finished.stdout.splitlines()[-1])


def measure(size: int) -> dict[str, float]:
    """All figures of one size."""
    vocabulary = load_vocabulary(Settings.from_environment(os.environ).data / "vocabulary")
    city = synthetic_city(vocabulary)
    catalog, seconds = _catalog(city, size)
    figures = {"build_s": seconds, "rss_mb": _resident_megabytes()}
    questions = [*QUESTIONS, *_random_questions(city)]
    figures |= _own_figures(catalog, questions)
    with TemporaryDirectory() as folder:
        sql, whoosh = _rivals(city, catalog, size, Path(folder))
        tasks = [_task(catalog, q) for q in questions]
        figures |= _percentiles("fts5", _times(tasks, sql.full_text, RIVAL_ROUNDS))
        figures |= _percentiles("whoosh", _times(tasks, partial(_whoosh_best, whoosh), RIVAL_ROUNDS))
        figures |= _percentiles("like", _times(tasks, sql.like, RIVAL_ROUNDS))
    return {name: round(figures[name], 3) for name in SHOWN}


def _own_figures(catalog: Catalog, questions: Sequence[str]) -> dict[str, float]:
    """Our own search, and what reading a question and making a page of it take besides."""
    read = {q: parse_query(q, catalog.vocabulary, today=NOW.date()) for q in questions}
    return {
        **_percentiles("search", _times(questions, lambda q: _search(catalog, q, read[q]), ROUNDS), (50, 95)),
        **_percentiles("read", _times(
            questions, lambda q: parse_query(q, catalog.vocabulary, today=NOW.date()), RIVAL_ROUNDS)),
        **_percentiles("page", _times(questions, lambda q: search(catalog, SearchQuery(q=q), NOW), RIVAL_ROUNDS)),
    }


def _catalog(city: City, size: int) -> tuple[Catalog, float]:
    """The catalog of a city and the seconds it took, making up the listings not counted."""
    kept: dict[str, Listing] = {}
    assembler = Assembler(city.vocabulary, NOW.date(), PUBLIC, lambda ids: [kept[one] for one in ids], WordTerms())
    spent = 0.0
    for part in _parts(_shown(listings(city, size, NOW.date()), size, "catalog")):
        for listing in part:  # analysing a word the first time is what the token cache saves
            document_terms(document_texts(listing, city.vocabulary), WordTerms())
        started = time.perf_counter()
        assembler.put(part)
        spent += time.perf_counter() - started
        kept |= {listing.id: listing for listing in part}
    started = time.perf_counter()
    catalog = assembler.assemble(1, {})
    return catalog, spent + time.perf_counter() - started


def _search(catalog: Catalog, q: str, parsed: ParsedQuery) -> int:
    """A search: all numbers and the best 20 rows."""
    found = find(catalog, SearchQuery(q=q), parsed, NOW)
    return len(found.rows) + len(found.screening.tallies) + found.screening.unmapped


def _rivals(city: City, catalog: Catalog, size: int, folder: Path) -> tuple[SqlRival, WhooshReference]:
    """The same listings in both other indexes."""
    sql, whoosh = SqlRival(), WhooshReference(folder)
    codes = _codes(catalog)
    for row, listing in enumerate(_shown(listings(city, size, NOW.date()), size, "rivals")):
        texts = document_texts(listing, city.vocabulary)
        terms = document_terms(texts, WordTerms())
        terms |= document_keys(listing)
        body = " ".join(folded(text) for written in texts.values() for text in written)
        sql.add(row, terms, codes[row], body)
        whoosh.add(row, terms, [f"{family}={code}" for family, code in codes[row]])
    sql.ready()
    whoosh.ready()
    return sql, whoosh


def _whoosh_best(whoosh: WhooshReference, task: Task) -> list[int]:
    return whoosh.best(task.parsed, [[f"{family}={code}" for code in codes] for family, codes in task.families.items()])


def _codes(catalog: Catalog) -> list[list[tuple[str, str]]]:
    """For each row its (family, value) facts: every value a reader can choose, and the weekday × time slots."""
    codes: list[list[tuple[str, str]]] = [[] for _ in range(catalog.size)]
    for row in filters_of(catalog.vocabulary).values():
        for value in offered(row, catalog) if row.has_sets else ():
            for number in np.flatnonzero(row.meets(catalog, value)).tolist():
                codes[number].append((row.parameter, value))
    slots = catalog.timetable.slots[catalog.timetable.of_row]
    for bit, (day, band) in enumerate((day, band) for day in DAYS for band in BANDS):
        for number in np.flatnonzero(slots >> np.uint32(bit) & np.uint32(1)).tolist():
            codes[number] += [("opening", f"{day} {band}"), ("day", day), ("time", band)]
    return codes


def _task(catalog: Catalog, q: str) -> Task:
    """The question as the rivals are asked it."""
    parsed = parse_query(q, catalog.vocabulary, today=NOW.date())
    filters = filters_of(catalog.vocabulary)
    values = dict(in_force(SearchQuery(q=q), parsed.chips, filters).values)
    families = {name: chosen for name, chosen in values.items() if filters[name].has_sets}
    if "day" in values or "time" in values:
        families["opening"] = tuple(
            f"{day} {band}" for day in values.get("day", tuple(DAYS)) for band in values.get("time", BANDS))
    return Task(parsed, families)


def _random_questions(city: City) -> list[str]:
    """One and two words of middling frequency."""
    chosen = random.Random(3)
    ranks = [chosen.sample(range(*RANDOM_RANKS), k=1 + number % 2) for number in range(RANDOM_QUESTIONS)]
    return [" ".join(city.words[rank] for rank in pair) for pair in ranks]


def _times(questions: Sequence[Answer], ask: Callable[[Answer], object], rounds: int) -> list[float]:
    """Milliseconds of each question in each round, after one round that warms up."""
    times = []
    for count in range(rounds + 1):
        for question in questions:
            started = time.perf_counter()
            ask(question)
            if count:
                times.append((time.perf_counter() - started) * 1000)
    return times


def _percentiles(name: str, times: Sequence[float], wanted: Iterable[int] = (50,)) -> dict[str, float]:
    return {f"{name}_p{percent}_ms": float(np.percentile(times, percent)) for percent in wanted}


def _parts(rows: Iterable[Listing], length: int = 2_000) -> Iterable[list[Listing]]:
    part: list[Listing] = []
    for row in rows:
        part.append(row)
        if len(part) == length:
            yield part
            part = []
    yield part


def _shown(rows: Iterable[Listing], size: int, name: str) -> Iterable[Listing]:
    return tqdm(rows, total=size, desc=f"{name} {size}", unit="listings", mininterval=1)


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _sentence(size: int, figures: Mapping[str, float]) -> str:
    faster = {name: figures[f"{name}_p50_ms"] / figures["search_p50_ms"] for name in ("fts5", "whoosh", "like")}
    return (f"{size} listings: search {figures['search_p50_ms']:.2f} ms (p95 {figures['search_p95_ms']:.2f}); "
            + ", ".join(f"{name} takes {times:.1f} times as long" for name, times in faster.items())
            + f"; built in {figures['build_s']:.2f} s, {figures['rss_mb']:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
