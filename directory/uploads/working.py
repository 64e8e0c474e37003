"""What is done in the background for an upload? The step its state asks for; a step that fails leaves it as it was."""

import logging
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.orm import Session

from directory.city import load_city
from directory.db import read_session, write_session
from directory.errors import DirectoryError, ImportOutdated, ImportRefused
from directory.importers.importing import ImportOptions, import_listings
from directory.importers.report import INSERT
from directory.models import Upload, UploadFile, UploadRow
from directory.reading_store import remember_changed
from directory.settings import Settings
from directory.uploads.batch import as_one_act
from directory.uploads.choosing import decisions
from directory.uploads.likeness import likely
from directory.uploads.looking import found_in, remembered_columns
from directory.uploads.progress import Teller, progress_file
from directory.uploads.rows import decided_before, rows_of
from directory.uploads.states import (
    BEFORE, COLUMNS, IMPORTING, READING, REFUSED, ROWS, SORTING, TakenAlready, step, take, upload,
)
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.writing import current_revision

LONGEST_FILE_NAME = 60
FAILED = "こちらの不具合で、途中で止まりました。何も取り込まれていません。もう一度試し、続くときは管理者に知らせてください。"

log = logging.getLogger(__name__)


@dataclass
class Job:
    """One step of one upload."""

    engine: Engine
    settings: Settings
    upload: Upload
    path: Path
    tell: Teller
    now: datetime

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the city."""
        return _words(self.settings.data)

    def options(self, **more: object) -> ImportOptions:
        """How the file is imported, in a dry run as in earnest."""
        choices = self.upload.choices
        return ImportOptions(
            source=self.upload.source_name, kind=choices.get("kind") or None, overrides=choices.get("columns", {}),
            remembered=False, municipality=load_city(self.settings.data / "city.yml").name, **more)


@cache
def _words(data: Path) -> Vocabulary:
    """Read once a process: the work has one of its own."""
    return load_vocabulary(data / "vocabulary")


def work(engine: Engine, settings: Settings, upload_id: str, now: datetime | None = None) -> None:
    """Do the step that is asked for; nothing where none is. What goes wrong is written to the upload for its page."""
    now = now or datetime.now(UTC).replace(tzinfo=None)
    with read_session(engine) as session:
        found = upload(session, upload_id)
        content = session.scalar(select(UploadFile.content).where(UploadFile.upload_id == upload_id))
    if found.state not in STEPS or content is None:
        return
    with tempfile.TemporaryDirectory() as folder, Teller(progress_file(settings.instance, upload_id)).telling() as tell:
        path = Path(folder) / found.file_name[-LONGEST_FILE_NAME:]
        path.write_bytes(content)
        _guarded(Job(engine, settings, found, path, tell, now))


def _guarded(job: Job) -> None:
    """Take the step; a refusal is told in its own words, a fault of ours without any."""
    state, problem = BEFORE[job.upload.state], ""
    try:
        STEPS[job.upload.state](job)
        return
    except TakenAlready:
        return
    except ImportOutdated as outdated:
        _sort_again(job, str(outdated))
        return
    except ImportRefused as refused:
        state, problem = REFUSED if job.upload.state == READING else state, str(refused)
    except Exception as error:  # whatever it is, somebody waits for the page to tell them
        # The place of the fault, never its message: that may hold what stands in the list.
        steps = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
        log.error("An upload stopped with %s\n%s", type(error).__name__, "\n".join(steps))
        state, problem = REFUSED if job.upload.state == READING else state, (
            str(error) if isinstance(error, DirectoryError) else FAILED)
    _leave(job, state=state, problem=problem)


def _leave(job: Job, **values: object) -> None:
    """Go on from the state this job began with, unless somebody has taken it over."""
    try:
        step(job.engine, job.upload.id, job.upload.version, (job.upload.state,), **values)
    except TakenAlready:
        log.info("An upload was taken over by a later step")


def _look(job: Job) -> None:
    """Read the file and propose its columns."""
    job.tell.doing("read")
    with read_session(job.engine) as session:
        remembered = remembered_columns(session, job.upload.source_name)
    found = found_in(job.path, remembered)
    _leave(job, state=COLUMNS, found=found, problem=None)


def _sort(job: Job, told: str | None = None) -> None:
    """Find out what becomes of every row."""
    job.tell.doing("sort")
    report = import_listings(
        job.engine, job.path, job.vocabulary, job.options(dry_run=True), job.now, job.tell.steps)
    job.tell.doing("compare")
    new = [(each.key, each.says) for each in report.outcomes if each.kind == INSERT]
    with read_session(job.engine) as session:
        close = likely(session, new, job.vocabulary, job.upload.source_name)
        rows, counts = rows_of(report.outcomes, close, decided_before(session, job.upload.source_name))
    with write_session(job.engine) as session:
        take(session, job.upload.id, job.upload.version, (job.upload.state,), state=ROWS, counts=counts,
             agreed=report.agreed, problem=told)
        _keep(session, job.upload.id, rows)
        session.commit()


def _keep(session: Session, upload_id: str, rows: list[dict]) -> None:
    session.execute(delete(UploadRow).where(UploadRow.upload_id == upload_id))
    table = UploadRow.__table__
    for start in range(0, len(rows), 500):
        session.execute(insert(table), [{"upload_id": upload_id, **row} for row in rows[start:start + 500]])


def _bring_in(job: Job) -> None:
    """Import what the table shows, in one transaction that ends with the upload being done."""
    job.tell.doing("import")
    choices = job.upload.choices
    with read_session(job.engine) as session:
        decided, before = decisions(session, job.upload.id, choices["rest"]), current_revision(session)
    options = job.options(
        publish=bool(choices.get("publish")), by=job.upload.confirmed_by or job.upload.made_by, decisions=decided,
        agreed=job.upload.agreed or "",
        around=as_one_act(job.upload.id, job.upload.version, bool(choices.get("publish")), job.tell.doing))
    import_listings(job.engine, job.path, job.vocabulary, options, job.now, job.tell.steps)
    job.tell.doing("words")
    remember_changed(job.engine, since=before)


def _sort_again(job: Job, why: str) -> None:
    """The directory has changed since the table was made: nothing was imported, and a new table is made."""
    try:
        _sort(job, why)
    except TakenAlready:
        log.info("An upload was taken over by a later step")


STEPS: dict[str, Callable[[Job], None]] = {READING: _look, SORTING: _sort, IMPORTING: _bring_in}
