"""Can a whole import be taken back, without touching what people did since? And what if the machine stops half-way?"""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.db import read_session
from directory.errors import InvalidRecord
from directory.models import ContactAttempt, Location, Organization, Service, ServiceAtLocation, SourceRecord
from directory.uploads.choosing import confirm
from directory.uploads.history import ask_undo, undoing_of
from directory.uploads.states import upload
from directory.uploads.working import work
from tests.directory.curation.test_killed import runs_to_the_end
from tests.directory.curation.town import everything
from tests.directory.importers.conftest import digest
from tests.directory.uploads.conftest import NOW, SALONS, UploadDesk, changed, csv_of, desk_on
from tests.directory.uploads.test_uploads import edit, names

LATER = NOW + timedelta(days=30)
NEXT = [*changed(0, 3, "毎週木曜 13時～15時")[:2], ("あやめサロン", "津田5", "0829-00-0005", "毎週金曜 10時～", "花")]


def stayed(desk: UploadDesk, upload_id: str) -> list[str]:
    with read_session(desk.engine) as session:
        return [name for _, name in undoing_of(session, upload(session, upload_id)).stayed]


def test_a_batch_taken_back_leaves_what_was_there_before(database_url, tmp_path):
    desk = desk_on(database_url, tmp_path)
    desk.taken_in(csv_of(SALONS))
    before = everything(desk.engine)
    upload_id = desk.taken_in(csv_of(NEXT))
    assert everything(desk.engine) != before
    desk.take_back(upload_id, now=LATER)
    assert (everything(desk.engine), stayed(desk, upload_id)) == (before, [])
    # As if it had never been: the same list finds the same again.
    assert [kind for kind, _ in desk.kinds(desk.compared(csv_of(NEXT)))] == ["missing", "update", "insert", "noop"]
    with pytest.raises(InvalidRecord, match="もう取り消されている"):
        desk.take_back(upload_id, "SC 大野", LATER)
    desk.engine.dispose()


def test_a_first_import_taken_back_leaves_nothing_of_its_own(begun):
    begun.take_back(begun.first, now=LATER)
    with Session(begun.engine) as session:
        for model in (ServiceAtLocation, Service, Location, Organization, SourceRecord):
            assert session.scalar(select(func.count()).select_from(model)) == 0


def test_what_somebody_touched_since_stays_and_is_told(begun):
    upload_id = begun.first
    edit(begun, "つつじサロン", phone_hours="平日 9時～12時")
    with Session(begun.engine) as session:
        called = session.scalar(select(ServiceAtLocation).where(ServiceAtLocation.phone == "0829-00-0002"))
        session.add(ContactAttempt(listing_id=called.id, made_at=LATER, made_by="SC", how="電話", outcome="absent"))
        session.commit()
    begun.take_back(upload_id, now=LATER)
    assert names(begun) == ["つつじサロン", "もみじサロン"]
    assert stayed(begun, upload_id) == ["つつじサロン", "もみじサロン"]


def test_an_updated_listing_edited_since_keeps_the_edit(begun):
    upload_id = begun.taken_in(csv_of(changed(0, 2, "0829-00-0011")))
    edit(begun, "つつじサロン", phone="0829-00-9999")
    begun.take_back(upload_id, now=LATER)
    assert begun.now(upload_id).state == "done" and "取り消せるものがありません" in begun.now(upload_id).problem
    upload_id = begun.taken_in(csv_of([*changed(0, 2, "0829-00-0011")[:2], ("やまびこサロン", "玖島3", "", "不定期", "詩")]))
    edit(begun, "もみじサロン", phone_hours="朝")
    begun.take_back(upload_id, now=LATER)
    with Session(begun.engine) as session:
        assert set(session.scalars(select(ServiceAtLocation.phone))) == {"0829-00-9999", "0829-00-0002", "0829-00-0003"}
        assert "歌" in session.scalars(select(Service.description)).all()


def killed_imports(desk: UploadDesk, step: int) -> int:
    """Kill the import at every `step`-th statement; what stands there is all or nothing. Returns how often it was killed."""
    url = str(desk.engine.url)
    before, upload_id = digest(desk.engine), desk.compared(csv_of(NEXT))
    confirm(desk.engine, upload_id, desk.now(upload_id).version, by="SC", publish=False, rest="ignore", now=NOW)
    killed, number = 0, step
    while desk.now(upload_id).state == "importing":
        desk.engine.dispose()
        killed += not runs_to_the_end(url, lambda engine: work(engine, desk.settings, upload_id, NOW), number)
        assert (digest(desk.engine) == before) == (desk.now(upload_id).state == "importing")
        number += step
    assert desk.now(upload_id).state == "done"
    return killed


@pytest.fixture
def undisturbed(salons_file: tuple[Path, str], tmp_path: Path) -> str:
    """The digest of the same import when nobody stopped it."""
    desk = desk_on(f"sqlite:///{shutil.copy(salons_file[0], tmp_path / 'other.db')}", tmp_path / "other")
    desk.taken_in(csv_of(NEXT))
    said = digest(desk.engine)
    desk.engine.dispose()
    return said


def test_an_import_killed_at_a_statement_leaves_nothing_and_ends_as_if_it_had_not_been(begun, undisturbed):
    assert killed_imports(begun, 40) >= 1
    assert digest(begun.engine) == undisturbed


@pytest.mark.long
def test_an_import_killed_at_every_statement(begun, undisturbed):
    assert killed_imports(begun, 1) > 50
    assert digest(begun.engine) == undisturbed


@pytest.mark.parametrize("step", [40, pytest.param(1, marks=pytest.mark.long)])
def test_an_undo_killed_at_a_statement_takes_back_nothing_or_all_and_is_gone_on_with(begun, step):
    before = everything(begun.engine)
    upload_id = begun.taken_in(csv_of(NEXT))
    imported, number, killed = everything(begun.engine), step, 0
    ask_undo(begun.engine, upload_id, begun.now(upload_id).version, "SC", LATER)
    while begun.now(upload_id).state == "undoing":
        begun.engine.dispose()
        killed += not runs_to_the_end(
            str(begun.engine.url), lambda engine: work(engine, begun.settings, upload_id, LATER), number)
        assert everything(begun.engine) in (before, imported)
        number += step
    assert (everything(begun.engine), begun.now(upload_id).state, killed >= 1) == (before, "done", True)
