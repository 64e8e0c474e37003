"""What would a change of the words do to the search? Every labelled query is asked twice, before anything is saved.

In a process of its own that gives way to the pages, on the sample city the queries were labelled for. Of the held-out
queries only the figure is kept, so that nobody tunes words to them.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, update

from directory.db import make_engine, read_session, write_session
from directory.errors import InvalidRecord, NotFound, Stale
from directory.evaluating import GOLD, finder, outcomes, sample_city
from directory.evaluation import Outcome, figures
from directory.gold import read_gold
from directory.listings import read_listings
from directory.models import VocabularyTrial
from directory.models.columns import new_id
from directory.settings import Settings
from directory.urgency import losses, refuse_silence, sayings
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.vocabulary.changing import Change, change, with_one
from directory.vocabulary.loading import load_fitting
from directory.wording import OVERTAKEN, read_changes, save, spoken

PROJECT = Path(__file__).resolve().parents[1]
START = "import sys; sys.path.insert(0, sys.argv[1]); from directory.trials import main; main(sys.argv[2])"
GIVES_WAY, EVERY = 5, 10
RUNNING, DONE, FAILED, SAVED = "running", "done", "failed", "saved"
# Without a sign of life for so long, its process is gone.
SILENT = timedelta(minutes=4)
PARTS = ("tuning", "held_out")
# How many of the first places are told by name.
FIRST = 3


@dataclass(frozen=True)
class Trial:
    """One trial as it stands. `result` once it is done: figures of both parts before and after, and what moved."""

    id: str
    made: Change
    version: str
    state: str
    done: int
    total: int
    result: dict[str, Any] | None
    made_by: str
    undoes: str | None

    @property
    def silenced(self) -> int:
        """How many ways of asking for help would not be heard any more."""
        urgent = (self.result or {}).get("urgent") or {}
        return len(urgent.get("lost", ())) + urgent.get("unseen", 0)


def begin(
    engine: Engine, settings: Settings, base: Vocabulary, made: Change, *, by: str, now: datetime, undoes: str | None = None
) -> str:
    """Try a change; returns the id of the trial.

    Raises InvalidYaml for a change no vocabulary can bear, InvalidRecord for one that silences a core word.
    """
    with read_session(engine) as session:
        changes, version = read_changes(session), spoken(session, base).version
    refuse_silence(load_vocabulary(settings.data / "vocabulary", with_one(changes, made)), now.date())
    row = VocabularyTrial(
        id=new_id(), file=made.file, entry=made.entry, field=made.field, value=made.content, version=version,
        state=RUNNING, done=0, total=0, made_at=now, made_by=by[:400], beat=_clock(), undoes=undoes)
    with write_session(engine) as session:
        session.add(row)
        session.commit()
    _start(settings, row.id)
    return row.id


def read(engine: Engine, trial_id: str) -> Trial:
    """The trial. Raises NotFound."""
    with read_session(engine) as session:
        row = session.get(VocabularyTrial, trial_id)
        if row is None:
            raise NotFound("このためしは見つかりません。")
        gone = row.state == RUNNING and _clock() - row.beat > SILENT
        return Trial(row.id, change(row.file, row.entry, row.field, row.value), row.version, FAILED if gone else row.state,
                     row.done, row.total, row.result, row.made_by, row.undoes)


def keep(
    engine: Engine, base: Vocabulary, trial_id: str, *, label: str, by: str, why: str, sure: bool, now: datetime
) -> None:
    """Save what was tried. `sure`: whoever saves it knows that some ways of asking for help will not be heard any more.

    Raises NotFound; InvalidRecord without a reason, or unsure; Stale when other words changed since.
    """
    trial = read(engine, trial_id)
    if trial.state != DONE:
        raise Stale(OVERTAKEN, 0)
    if trial.silenced and not sure:
        raise InvalidRecord("緊急の相談先が出なくなる言葉があります。上の一覧を見て、「確かめました」に印をつけてください。")
    save(engine, base, trial.made, label=label, by=by, why=why, now=now, version=trial.version, undoes=trial.undoes)
    _note(engine, trial_id, state=SAVED)


def main(trial_id: str) -> None:
    """Run one trial; the process it runs in is its own."""
    settings = Settings.from_environment(os.environ)
    if hasattr(os, "nice"):
        os.nice(GIVES_WAY)
    engine = make_engine(settings.directory_database_url)
    try:
        run(engine, settings.data, trial_id)
    except Exception:
        _note(engine, trial_id, state=FAILED)
        raise


def run(engine: Engine, data: Path, trial_id: str) -> None:
    """Ask every labelled query before and after the change, and write down what moved."""
    with read_session(engine) as session:
        changes = read_changes(session)
    trial, gold = read(engine, trial_id), read_gold(data / GOLD)
    total = 2 * len(gold.queries)

    def told(start: int) -> Any:
        def progress(queries: Sequence) -> Iterator:
            for number, query in enumerate(queries, start=start):
                if number % EVERY == 0:
                    _note(engine, trial_id, done=number, total=total)
                yield query
        return progress

    words = [load_fitting(data / "vocabulary", changes), load_vocabulary(data / "vocabulary", with_one(changes, trial.made))]
    with sample_city(data, gold.now) as city:
        before, after = (outcomes(gold, finder(city, one, gold.now), told(start * len(gold.queries)))
                         for start, one in enumerate(words))
        names = _names(city)
    asked = dict.fromkeys((*sayings(words[0]), *sayings(words[1])), "") | {query.q: query.part for query in gold.queries}
    _note(engine, trial_id, state=DONE, done=total, total=total, result={
        "before": _figures(before), "after": _figures(after), "moved": moved(before, after, names),
        "urgent": losses(words[0], words[1], asked, gold.now.date())})


def moved(before: Sequence[Outcome], after: Sequence[Outcome], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The queries of the tuning part whose places changed: those with other first places first, then by the change.

    `names`: what a place is called, by its key; first: the names of the first places before and after.
    """
    rows = [
        {"q": one.q, "before": round(one.ndcg, 3) if one.answerable else None,
         "after": round(other.ndcg, 3) if other.answerable else None, "places": [one.total, other.total],
         "first": [[names.get(key, key) for key in each.ranking[:FIRST]] for each in (one, other)]}
        for one, other in zip(before, after, strict=True)
        if one.part == "tuning" and (one.total != other.total or one.ranking != other.ranking)]
    return sorted(rows, key=lambda row: (
        row["first"][0] == row["first"][1], -abs((row["after"] or 0) - (row["before"] or 0)), row["q"]))


def _names(city: Engine) -> dict[str, str]:
    with read_session(city) as session:
        return {listing.source_key: listing.name for listing in read_listings(session) if listing.source_key}


def _figures(found: Sequence[Outcome]) -> dict[str, Any]:
    whole = figures(found)
    return {part: {key: whole[part][key] for key in ("queries", "ndcg_at_10", "zero_result_rate")} for part in PARTS}


def _start(settings: Settings, trial_id: str) -> None:
    """Where the databases lie goes through the environment: it may hold a password."""
    environment = {
        **os.environ, "DIRECTORY_DATABASE_URL": settings.directory_database_url, "YORIDOKORO_DATA": str(settings.data),
        "YORIDOKORO_INSTANCE": str(settings.instance), "YORIDOKORO_TODAY": "",
    }
    subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", START, str(PROJECT), trial_id], env=environment, cwd=PROJECT,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True)


def _note(engine: Engine, trial_id: str, **values: object) -> None:
    with write_session(engine) as session:
        session.execute(update(VocabularyTrial).where(VocabularyTrial.id == trial_id).values(beat=_clock(), **values))
        session.commit()


def _clock() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
