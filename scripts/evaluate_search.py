"""How well does the search find what people mean? nDCG@10 over the labelled queries of data/gold.

    python -m scripts.evaluate_search --json             figures; the last line is one JSON object
    python -m scripts.evaluate_search --worst 15         the queries with the lowest score
    python -m scripts.evaluate_search --query 畑がしたい   one query place by place: what came, what was missed

Loads the sample city into a database of its own, on the day the labels were written for. Queries marked held_out are
counted but not shown, so that nobody tunes the search to them; `--held-out` shows them all the same.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from directory.errors import DirectoryError
from directory.evaluating import GOLD, Find, finder, outcome, outcomes, sample_city
from directory.evaluation import DEPTH, Outcome, by_group, figures
from directory.gold import Gold, LabelledQuery, read_gold
from directory.search import SearchPage
from directory.settings import Settings
from directory.vocabulary import load_vocabulary

MARKS = {3: "◎", 2: "○", 1: "△", 0: "　"}
FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, search, print."""
    options = _command_line(arguments)
    data = Settings.from_environment(os.environ).data
    try:
        gold = read_gold(options.gold or data / GOLD)
        with sample_search(data, gold.now) as find:
            if options.query is not None:
                _print_lines(one_query(find(options.query), _labels(gold, options.query)))
            else:
                _report(outcomes(gold, find, _bar), options)
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    return 0


def _command_line(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate_search", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="end with one JSON object on the last line")
    parser.add_argument("--worst", type=int, metavar="N", help="show only the N queries with the lowest score")
    parser.add_argument("--query", metavar="WORDS", help="show one query place by place")
    parser.add_argument("--held-out", action="store_true", help="show the held-out queries too")
    parser.add_argument("--gold", type=Path, help="another file of labelled queries")
    return parser.parse_args(arguments)


@contextmanager
def sample_search(data: Path, now: datetime) -> Iterator[Find]:
    """The public search over the sample city of `data` as it stands at `now`."""
    with sample_city(data, now) as engine:
        yield finder(engine, load_vocabulary(data / "vocabulary"), now)


def _bar(queries: Sequence[LabelledQuery]) -> Iterable[LabelledQuery]:
    return tqdm(queries, desc="検索", unit="件", disable=None)


def _report(found: Sequence[Outcome], options: argparse.Namespace) -> None:
    shown = [one for one in found if options.held_out or one.part == "tuning"]
    answerable = [one for one in shown if one.answerable]
    if options.worst:
        answerable = sorted(answerable, key=lambda one: one.ndcg)[: options.worst]
    _print_lines(table(answerable))
    if not options.worst:
        _print_lines(["", "答えのない言葉（0件がよい）", *(f"{one.total:5}  {one.q}" for one in shown if not one.answerable)])
    _print_lines(["", "種類ごと（件数・nDCG@10・0件の割合）", *groups(found)])
    if options.json:
        print(json.dumps(figures(found), ensure_ascii=False))
    else:
        _print_lines(["", *summary(found)])


def table(found: Iterable[Outcome]) -> Iterator[str]:
    """One line a query: score, number of places found, grades of the first ten, the words."""
    yield "nDCG@10  件数   1位から10位の札"
    for one in found:
        grades = "".join(MARKS[one.judgements.get(key, 0)] for key in one.ranking).ljust(DEPTH, "・")
        yield f"{one.ndcg:7.3f} {one.total:5}{'  ' if one.total else ' 無'} {grades} {one.q}"


def groups(found: Sequence[Outcome]) -> Iterator[str]:
    """One line a kind of query."""
    for name, (count, ndcg, zero) in by_group(found).items():
        yield f"{count:4}  {ndcg:.3f}  {zero:5.1%}  {name}"


def summary(found: Sequence[Outcome]) -> Iterator[str]:
    """The figures as lines for reading: the whole, then the two parts."""
    whole = figures(found)
    for name, row in (("全体", whole), ("tuning", whole["tuning"]), ("held_out", whole["held_out"])):
        yield (f"{name}: {row['queries']}件  nDCG@10 {row['ndcg_at_10']}  0件の割合 {row['zero_result_rate']}  "
               f"（答えのない言葉 {row['unanswerable']}件のうち0件になったもの {row['unanswerable_with_zero']}）")


def one_query(page: SearchPage, labels: LabelledQuery | None) -> Iterator[str]:
    """The places of the first page with their grades, then the answers that are not on it."""
    judgements = labels.judgements if labels else {}
    yield f"{page.total}件  {'・'.join(chip.label for chip in page.chips)}"
    yield from page.aloud
    for rank, hit in enumerate(page.hits, start=1):
        key = hit.listing.source_key
        yield f"{rank:3} {MARKS[judgements.get(key, 0)]} {hit.score:8.3f}  {key}  {hit.listing.name}"
    missed = {key: grade for key, grade in judgements.items() if key not in {hit.listing.source_key for hit in page.hits}}
    yield from (f"  - {MARKS[grade]} {key} は1ページ目にありません" for key, grade in missed.items() if grade > 1)
    if labels and judgements:
        yield f"nDCG@10 {outcome(labels, page).ndcg:.3f}"


def _labels(gold: Gold, q: str) -> LabelledQuery | None:
    return next((query for query in gold.queries if query.q == q), None)


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
