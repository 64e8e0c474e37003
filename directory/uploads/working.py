"""What is done in the background for an upload? The step its state asks for; a step that fails leaves it as it was."""

import logging
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select, update
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
from directory.uploads.copies import make_copy
from directory.uploads.history import undo
from directory.uploads.likeness import likely
from directory.uploads.looking import found_in, remembered_columns
from directory.uploads.progress import COPY, STEP, UNDO, Teller, progress_file
from directory.uploads.rows import decided_before, rows_of
from directory.uploads.states import (
    BEFORE, COLUMNS, DONE, IMPORTING, READING, REFUSED, ROWS, SORTING, TABLED, UNDOING, TakenAlready, last_hand, step, upload,
)
from directory.vocabulary import Vocabulary, load_vocabulary
from directory.wording import words_of
from directory.writing import current_revision

LONGEST_FILE_NAME = 60
FAILED = "こちらの不具合で、途中で止まりました。何も変わっていません。もう一度試し、続くときは管理者に知らせてください。"
ROWS_AT_ONCE = 500

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
        return words_of(self.engine, _words(self.settings.data))

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
    """Do the step that is asked for, and make the copy once there is a table. What goes wrong is told on the page."""
    now = now or datetime.now(UTC).replace(tzinfo=None)
    _take(engine, settings, upload_id, STEP, now)
    _take(engine, settings, upload_id, COPY, now)


def _take(engine: Engine, settings: Settings, upload_id: str, what: str, now: datetime) -> None:
    """One of the two works, if it waits to be done."""
    with read_session(engine) as session:
        found = upload(session, upload_id)
        wanted = select(UploadFile.content, UploadFile.copy.is_not(None)).where(UploadFile.upload_id == upload_id)
        content, copied = session.execute(wanted).one_or_none() or (None, True)
    waits = found.state in STEPS if what == STEP else found.state in TABLED and not copied
    if not waits:
        return
    telling = Teller(progress_file(settings.instance, upload_id, what)).telling()
    with tempfile.TemporaryDirectory() as folder, telling as tell:
        path = Path(folder) / found.file_name[-LONGEST_FILE_NAME:]
        path.write_bytes(content or b"")
        job = Job(engine, settings, found, path, tell, now)
        _guarded(job) if what == STEP else _copy(job)


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
        _note(error)
        state, problem = REFUSED if job.upload.state == READING else state, (
            str(error) if isinstance(error, DirectoryError) else FAILED)
    _leave(job, state=state, problem=problem)


def _note(error: Exception) -> None:
    """The place of the fault, never its message: that may hold what stands in the list."""
    steps = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    log.error("An upload stopped with %s\n%s", type(error).__name__, "\n".join(steps))


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
    _keep(job, rows)
    _leave(job, state=ROWS, counts=counts, agreed=report.agreed, problem=told)


def _keep(job: Job, rows: list[dict]) -> None:
    """In small pieces, so that others can write in between: nobody looks at the rows before the step is taken."""
    upload_id = job.upload.id
    with _still_mine(job) as session:
        session.execute(delete(UploadRow).where(UploadRow.upload_id == upload_id))
        session.execute(update(UploadFile).where(UploadFile.upload_id == upload_id).values(copy=None))
    for start in range(0, len(rows), ROWS_AT_ONCE):
        with _still_mine(job) as session:
            part = rows[start:start + ROWS_AT_ONCE]
            session.execute(insert(UploadRow.__table__), [{"upload_id": upload_id, **row} for row in part])


@contextmanager
def _still_mine(job: Job) -> Iterator[Session]:
    """A short transaction, unless a later step has taken the upload over. Raises TakenAlready."""
    with write_session(job.engine) as session:
        now = upload(session, job.upload.id)
        if now.version != job.upload.version:
            raise TakenAlready(last_hand(now))
        yield session
        session.commit()


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


def _take_back(job: Job) -> None:
    """Take the import back; the act and its undoing are what counts, so a second run finds nothing left to do."""
    job.tell.doing(UNDO)
    undo(job.engine, job.upload, job.now)
    _leave(job, state=DONE, problem=None)


def _copy(job: Job) -> None:
    """Make the annotated copy; where that fails the table is there all the same, and the page offers to try once more."""
    job.tell.doing(COPY)
    try:
        make_copy(job.engine, job.upload, job.path)
    except Exception as error:  # as above
        _note(error)


def _sort_again(job: Job, why: str) -> None:
    """The directory has changed since the table was made: nothing was imported, and a new table is made."""
    try:
        _sort(job, why)
    except TakenAlready:
        log.info("An upload was taken over by a later step")


STEPS: dict[str, Callable[[Job], None]] = {READING: _look, SORTING: _sort, IMPORTING: _bring_in, UNDOING: _take_back}
