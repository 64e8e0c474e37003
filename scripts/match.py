"""Which places would the matching propose? The tiers with their reasons, for a profile in a file.

    python -m scripts.match PROFILE.yml
    python -m scripts.match vignette.jsonl --start 宮島口一丁目 --database sqlite:///city.db --json

A YAML profile is written as in data/gold (see matcher/profile_file.py). A file of one JSON line is a short case sheet: its
keys and words are mapped by matcher/case_sheet.py. Without --database it looks in the sample city. Made-up people only.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from directory import migrations
from directory.catalog import Catalog, CatalogKeeper
from directory.city import City, load_city
from directory.db import make_engine
from directory.errors import DirectoryError, InvalidRecord
from directory.listings import DESK
from directory.sample import load_sample
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from directory.yaml_files import Entry, parse_yaml
from matcher.answer import TIERS, Match, MatchResult
from matcher.candidates import crossings_of
from matcher.case_sheet import profile_of_sheet
from matcher.matching import match
from matcher.profile_file import ProfileWords, read_profile
from matcher.ranking.profile import Profile

FAILED = 1
SHOWN = 5
NOON = time(12)


def main(arguments: list[str] | None = None) -> int:
    """Read the profile, match, print."""
    options = _parser().parse_args(arguments)
    settings = Settings.from_environment(os.environ)
    now = datetime.combine(options.today, NOON)
    try:
        with _engine(options.database, settings, now) as engine:
            city = load_city(settings.data / "city.yml")
            vocabulary = load_vocabulary(settings.data / "vocabulary")
            catalog = CatalogKeeper(engine, vocabulary, DESK).current(now)
            profile = _profile(options.profile, catalog, options.start)
            result = match(catalog, profile, now, crossings=crossings_of(city))
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    except (OperationalError, ProgrammingError):
        print("データベースを読めません。--database の場所を確かめてください。", file=sys.stderr)
        return FAILED
    print(json.dumps(asdict(result), ensure_ascii=False) if options.json else as_text(result, city))
    return 0


@contextmanager
def _engine(url: str | None, settings: Settings, now: datetime) -> Iterator[Engine]:
    """The database named, or a sample city made for this one run."""
    with TemporaryDirectory() as folder:
        engine = make_engine(url or f"sqlite:///{folder}/sample.db")
        try:
            if url is None:
                migrations.upgrade(engine)
                load_sample(engine, settings.data, today=now.date(), now=now)
            yield engine
        finally:
            engine.dispose()


def _profile(path: Path, catalog: Catalog, start: str | None) -> Profile:
    """The person of the file. Raises DirectoryError with what to do."""
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRecord(f"{path.name} を読めません。UTF-8 のファイルの場所を確かめてください。") from error
    keys = {listing.source_key or listing.id: listing.id for listing in catalog.cards.get(catalog.ids)}
    words = ProfileWords(catalog.vocabulary, catalog.places, keys)
    if content.lstrip().startswith("{"):
        return profile_of_sheet(content, path.name, words, start)
    given = parse_yaml(content.encode(), path.name)
    if not isinstance(given, dict):
        raise InvalidRecord(f"{path.name} には、「項目: 値」を並べて書いてください。")
    return read_profile(Entry(path.name, "", given | ({"start": start} if start else {})), words)


def as_text(result: MatchResult, city: City) -> str:
    """The result as a person reads it."""
    lines = [f"候補 {result.total}件（場所と役割）から。配点の版 {result.weights_version}"]
    if result.questions:
        lines += ["まだ候補は出しません。次に聞くこと：", *(f"  {number}. {it.sentence}"
                                                for number, it in enumerate(result.questions, 1))]
        return "\n".join(lines)
    for tier, found in zip(TIERS, (result.a, result.b, result.c), strict=True):
        lines.append(f"\n{tier}「{TIERS[tier]}」 {result.counts[tier]}件")
        for number, one in enumerate(found[:SHOWN], 1):
            lines += _told(number, one)
    lines += ["\n条件をゆるめると", *(f"  {it.sentence}" for it in result.changes)] if result.changes else []
    lines += ["\n電話で聞くとよいこと"] if result.asks else []
    for ask in result.asks[:SHOWN]:
        lines.append(f"  {ask.name}（{ask.phone or '社協・SCを通して'}）：{ask.items[0].question if ask.items else ''}")
    lines += ["\n出していない候補", "  " + "、".join(f"{it.label} {it.count}件" for it in result.hidden)] if result.hidden else []
    if result.unmet:
        causes = "、".join(f"{it.label} {it.count}件" for it in result.unmet.causes)
        lines += ["\n不足の下書き", f"  {result.unmet.sentence}（わけ：{causes or 'そのような場所がない'}）",
                  f"  困ったときの電話：{city.consultation.name} {city.consultation.phone}"]
    return "\n".join(lines)


def _told(number: int, one: Match) -> list[str]:
    name = f"{one.name}（役割：{one.role}）" if one.role else one.name
    lines = [f" {number}. {name}  {one.score:.2f}［{one.low:.2f}–{one.high:.2f}］{' 条件しだい' if one.depends else ''}"]
    lines += [f"    ○ {it.sentence}" for it in one.reasons]
    lines += [f"    △ {it.sentence}" for it in one.weak]
    lines += [f"    ？ {it.sentence}" for it in one.unknown]
    lines += [f"    × {one.missing}{one.opens or ''}"] if one.missing else []
    return lines


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.match", description=__doc__.splitlines()[0])
    parser.add_argument("profile", type=Path, help="a YAML profile, or one JSON line of a case sheet")
    parser.add_argument("--start", help="town the person sets out from, when the file does not say it")
    parser.add_argument("--database", help="URL of a directory database; the sample city without it")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="YYYY-MM-DD")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    return parser


if __name__ == "__main__":
    sys.exit(main())
