"""What would a change of the words do to the search? Every labelled query is asked twice, before anything is saved.

In a process of its own that gives way to the pages, on the sample city the queries were labelled for. Of the held-out
queries only the figure is kept, so that nobody tunes words to them.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, update

from directory.db import make_engine, read_session, write_session
from directory.errors import NotFound, Stale
from directory.evaluating import GOLD, finder, outcomes, sample_city
from directory.evaluation import Outcome, figures
from directory.gold import read_gold
from directory.models import VocabularyTrial
from directory.models.columns import new_id
from directory.settings import Settings
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.vocabulary.changing import Change, change
from directory.wording import read_changes, save, spoken

PROJECT = Path(__file__).resolve().parents[1]
START = "import sys; sys.path.insert(0, sys.argv[1]); from directory.trials import main; main(sys.argv[2])"
GIVES_WAY, EVERY = 5, 10
RUNNING, DONE, FAILED, SAVED = "running", "done", "failed", "saved"
# Without a sign of life for so long, its process is gone.
SILENT = timedelta(minutes=4)
PARTS = ("tuning", "held_out")
OVERTAKEN = "ためしたあとに、ほかの用語が変わりました。もう一度ためしてから保存してください。"


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


def begin(engine: Engine, settings: Settings, base: Vocabulary, made: Change, *, by: str, now: datetime) -> str:
    """Try a change; returns the id of the trial. Raises InvalidYaml for a change no vocabulary can bear."""
    with read_session(engine) as session:
        changes, version = read_changes(session), spoken(session, base).version
    load_vocabulary(settings.data / "vocabulary", with_one(changes, made))
    row = VocabularyTrial(
        id=new_id(), file=made.file, entry=made.entry, field=made.field, value=made.content, version=version,
        state=RUNNING, done=0, total=0, made_at=now, made_by=by[:400], beat=_clock())
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
                     row.done, row.total, row.result, row.made_by)


def keep(engine: Engine, base: Vocabulary, trial_id: str, *, by: str, now: datetime) -> None:
    """Save what was tried. Raises NotFound, Stale when other words changed since."""
    trial = read(engine, trial_id)
    with read_session(engine) as session:
        if trial.state != DONE or spoken(session, base).version != trial.version:
            raise Stale(OVERTAKEN, trial.state)
    save(engine, trial.made, by=by, now=now)
    _note(engine, trial_id, state=SAVED)


def with_one(changes: Sequence[Change], made: Change) -> tuple[Change, ...]:
    """The changes with this one in the place of an earlier one of the same list."""
    others = [one for one in changes if (one.file, one.entry, one.field) != (made.file, made.entry, made.field)]
    return tuple(sorted([*others, made], key=lambda one: (one.file, one.entry, one.field)))


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

    with sample_city(data, gold.now) as city:
        before, after = (
            outcomes(gold, finder(city, load_vocabulary(data / "vocabulary", words), gold.now), told(start))
            for start, words in ((0, changes), (len(gold.queries), with_one(changes, trial.made))))
    _note(engine, trial_id, state=DONE, done=total, total=total, result={
        "before": _figures(before), "after": _figures(after), "moved": moved(before, after)})


def moved(before: Sequence[Outcome], after: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The queries of the tuning part whose score or number of places changed, the largest change first."""
    rows = [
        {"q": one.q, "before": round(one.ndcg, 3) if one.answerable else None,
         "after": round(other.ndcg, 3) if other.answerable else None, "places": [one.total, other.total]}
        for one, other in zip(before, after, strict=True)
        if one.part == "tuning" and (one.total != other.total or one.ranking != other.ranking)]
    return sorted(rows, key=lambda row: (-abs((row["after"] or 0) - (row["before"] or 0)), row["q"]))


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
