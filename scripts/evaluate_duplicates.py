"""How many duplicates are found, and how many of those found are none? Over the five messy lists of data/gold/duplicates.

    python -m scripts.evaluate_duplicates --json    figures; the last line is one JSON object
    python -m scripts.evaluate_duplicates           the missed and the wrong pairs of the tuning part, with the evidence

Imports the lists one after another into a database of its own, as a coordinator would, and looks for duplicates there.
Pairs of the held_out part are counted but not shown, so that nobody tunes to them; `--held-out` shows them all the same.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, select

from directory import migrations
from directory.db import make_engine, read_session
from directory.duplicates import Pair, Pool
from directory.duplicates.labelled import Labelled, read_labelled
from directory.duplicates.weights import TABLE
from directory.errors import DirectoryError
from directory.evaluation import PARTS
from directory.importers.importing import ImportOptions, import_listings
from directory.importers.towns import import_towns
from directory.models import Source, SourceRecord
from directory.settings import Settings
from directory.vocabulary import Vocabulary, load_vocabulary

GOLD = Path("gold/duplicates")
NOW = datetime(2026, 11, 24, 10, 0)
FAILED = 1

Rows = tuple[str, str]


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, import, compare, print."""
    options = _command_line(arguments)
    data = Settings.from_environment(os.environ).data
    try:
        vocabulary = load_vocabulary(data / "vocabulary")
        labelled = read_labelled(options.gold or data / GOLD)
        with TemporaryDirectory() as folder:
            engine = make_engine(f"sqlite:///{folder}/evaluation.db")
            try:
                names = imported(engine, data, labelled, vocabulary)
                with read_session(engine) as session:
                    found = {_rows(pair, names): pair for pair in Pool.read(session, vocabulary).pairs()}
            finally:
                engine.dispose()
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    for part in PARTS if options.held_out else PARTS[:1]:
        _print_lines(mistakes(labelled, found, part))
    counted = figures(labelled, {rows for rows, pair in found.items() if pair.likely})
    if options.json:
        print(json.dumps(counted, ensure_ascii=False))
    else:
        _print_lines(summary(counted))
    return 0


def _command_line(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate_duplicates", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="end with one JSON object on the last line")
    parser.add_argument("--held-out", action="store_true", help="show the held-out pairs too")
    parser.add_argument("--gold", type=Path, help="another folder of labelled lists")
    return parser.parse_args(arguments)


def imported(engine: Engine, data: Path, labelled: Labelled, vocabulary: Vocabulary) -> Mapping[str, str]:
    """Import the lists into an empty database; listing id → 「一覧/番号」."""
    migrations.upgrade(engine)
    import_towns(engine, data / "towns.csv", NOW)
    for each in labelled.lists:
        options = ImportOptions(source=each.name, overrides=each.columns, municipality=labelled.municipality, publish=True)
        import_listings(engine, each.path, vocabulary, options, NOW)
    wanted = select(SourceRecord.listing_id, Source.name, SourceRecord.values).join(Source)
    with read_session(engine) as session:
        return {listing: f"{name}/{values['source.number']}" for listing, name, values in session.execute(wanted)}


def _rows(pair: Pair, names: Mapping[str, str]) -> Rows:
    first, second = sorted((names[pair.first], names[pair.second]))
    return first, second


def figures(labelled: Labelled, found: set[Rows]) -> dict:
    """Of all rows, where a pair across the two parts is a mistake as well; then of each part by itself."""
    same = {part: labelled.same(part) for part in PARTS}
    inside = {part: {rows for rows in found if set(rows) <= labelled.in_part(part)} for part in PARTS}
    return {
        **_figures(frozenset().union(*same.values()), found), **{part: _figures(same[part], inside[part]) for part in PARTS},
        "rows": len(labelled.rows), "wrong_across_parts": len(found - inside[PARTS[0]] - inside[PARTS[1]]),
    }


def _figures(same: frozenset[Rows], found: set[Rows]) -> dict:
    right = len(same & found)
    return {
        "pairs": len(same), "found": len(found),
        "precision": round(right / len(found), 4) if found else None,
        "recall": round(right / len(same), 4) if same else None,
    }


def mistakes(labelled: Labelled, found: Mapping[Rows, Pair], part: str) -> Iterator[str]:
    """The missed and the wrong pairs of a part, one line each: score, rows, what spoke for and against."""
    same, rows = labelled.same(part), labelled.in_part(part)
    yield f"─── {part}：見つけられなかった組"
    for pair in sorted(same):
        if pair not in found:
            yield f"   ―    {' = '.join(pair)}  {labelled.rows[pair[0]][1]}"
        elif not found[pair].likely:
            yield _line(pair, found[pair], labelled)
    yield f"─── {part}：まちがえて結びつけた組"
    yield from (_line(pair, each, labelled) for pair, each in found.items()
                if each.likely and pair not in same and set(pair) <= rows)


def _line(rows: Rows, pair: Pair, labelled: Labelled) -> str:
    entities = "・".join(dict.fromkeys(labelled.rows[row][1] for row in rows))
    told = " ".join(f"{key}{TABLE[key].weight:+}" for key in pair.evidence if TABLE[key].weight)
    return f"{pair.score:6.1f}  {' = '.join(rows)}  {entities}  {told}"


def summary(counted: Mapping) -> Iterator[str]:
    """The figures as lines for reading: the whole, then the two parts."""
    for name, row in (("全体", counted), *((part, counted[part]) for part in PARTS)):
        yield f"{name}: 同じ組 {row['pairs']}  見つけた組 {row['found']}  適合率 {row['precision']}  再現率 {row['recall']}"


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
