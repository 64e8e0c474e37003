"""Are the policies kept? Edits and renames are asked about, nothing is deleted, order does not matter."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.curation import restore
from directory.models import ChangeRequest, ChangeRequestField, Organization, Schedule, ServiceAtLocation, SourceRecord
from directory.writing import current_revision, writing
from tests.directory.importers.conftest import NOW, digest
from tests.directory.importers.files import write_csv

TITLES = ["サロン名", "住所", "電話番号", "日時", "内容"]
SALONS = [
    ["つつじサロン", "津田1", "0829-00-0001", "毎週水曜 10時～12時", "お茶"],
    ["もみじサロン", "津田2", "0829-00-0002", "第2火曜", "体操"],
    ["やまびこサロン", "玖島3", "0829-00-0003", "不定期", "歌"],
]


@pytest.fixture
def load(run, tmp_path):
    """Import these rows as the list 社協 サロン一覧, whatever the file is called."""

    def load(rows, name="list.csv", **options):
        return run(write_csv(tmp_path / name, [TITLES, *rows]), source="社協 サロン一覧", **options)

    return load


def counts(report) -> tuple[int, int, int, int]:
    return report.insert, report.update, report.noop, report.missing


def changed(column: int, value: str, row: int = 0) -> list[list[str]]:
    rows = [list(cells) for cells in SALONS]
    rows[row][column] = value
    return rows


def listing(session: Session, name: str) -> ServiceAtLocation:
    return next(found for found in session.scalars(select(ServiceAtLocation)) if found.service.name == name)


def test_a_changed_row_updates_its_listing(load, engine):
    load(SALONS)
    assert counts(load(changed(3, "毎週木曜 13時～15時"), now=NOW + timedelta(days=1))) == (0, 1, 2, 0)
    with Session(engine) as session:
        found = listing(session, "つつじサロン")
        assert [schedule.phrase for schedule in found.schedules] == ["毎週木曜 13時～15時"]
        assert (found.version, found.last_modified) == (2, NOW + timedelta(days=1))
        assert session.scalar(select(func.count()).select_from(Schedule)) == 3


def test_an_older_version_of_a_list_an_import_replaced_comes_back(load, engine):
    load(SALONS)
    with Session(engine) as session:
        number, found = current_revision(session), listing(session, "つつじサロン").id
    load(changed(3, "毎週木曜 13時～15時"))
    restore(engine, found, number, "SC", NOW)
    with Session(engine) as session:
        assert [schedule.phrase for schedule in listing(session, "つつじサロン").schedules] == ["毎週水曜 10時～12時"]


def test_a_day_of_confirmation_from_a_file_is_the_files_word(run, engine, tmp_path):
    titles = [*TITLES, "最終確認日"]
    for day in ("2026-01-10", "2026-02-10"):
        run(write_csv(tmp_path / f"{day}.csv", [titles, [*SALONS[0], day]]), source="社協 サロン一覧")
        with writing(engine, by="test", why="call", now=NOW) as write:
            found = listing(write.session, "つつじサロン")
            said = (found.assured_by, found.assured_how, found.assurance_due)
            write.edit(found, assured_by="SC 佐伯", assured_how="電話", assurance_due=date(2026, 7, 10))
    assert said == ("社協 サロン一覧", None, None)


def test_a_row_in_which_only_the_telephone_changed_updates_it(load, engine):
    load(SALONS)
    assert counts(load(changed(2, "0829-00-7777"))) == (0, 1, 2, 0)
    with Session(engine) as session:
        found = listing(session, "つつじサロン")
        assert (found.phone, found.version) == ("0829-00-7777", 2)


def test_a_number_nobody_can_read_takes_away_none_and_an_empty_cell_does(load, engine):
    def phone():
        with Session(engine) as session:
            return listing(session, "つつじサロン").phone

    load(SALONS)
    unread = load(changed(2, "会長さんまで"))
    assert "番号として読めません" in unread.warnings[0].problem and phone() == "0829-00-0001"
    load(changed(2, ""))
    assert phone() is None


def test_a_field_a_person_changed_is_asked_about_and_kept(load, engine):
    load(SALONS)
    with writing(engine, by="SC", why="電話で確認", now=NOW) as write:
        write.edit(listing(write.session, "つつじサロン"), phone="0829-00-9999")
    report = load([["つつじサロン", "津田1", "0829-00-0011", "毎週水曜 10時～12時", "お茶と歌"], *SALONS[1:]])
    assert (report.update, report.asked) == (1, 1)
    with Session(engine) as session:
        found = listing(session, "つつじサロン")
        assert found.phone == "0829-00-9999"
        assert found.service.description == "お茶と歌"
        request = session.scalar(select(ChangeRequest))
        assert (request.reason, request.state, request.listing_id) == ("import", "open", found.id)
        assert [(field.field, field.current, field.proposed) for field in request.fields] == [
            ("listing.phone", "0829-00-9999", "0829-00-0011")]


def test_an_edit_whose_row_did_not_change_is_left_alone(load, engine):
    load(SALONS)
    with writing(engine, by="SC", why="電話で確認", now=NOW) as write:
        write.edit(listing(write.session, "つつじサロン"), phone="0829-00-9999")
    assert counts(load(SALONS)) == (0, 0, 3, 0)
    with Session(engine) as session:
        assert listing(session, "つつじサロン").phone == "0829-00-9999"
        assert session.scalar(select(ChangeRequest)) is None


def test_a_question_is_asked_once(load, engine):
    load(SALONS)
    with writing(engine, by="SC", why="電話で確認", now=NOW) as write:
        write.edit(listing(write.session, "つつじサロン"), phone="0829-00-9999")
    rows = changed(2, "0829-00-0011")
    first = load(rows)
    assert first.others == {"人が直した項目の確認待ち": 1}
    assert counts(load(rows)) == (0, 0, 3, 0)
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(ChangeRequest)) == 1


def test_a_missing_row_is_reported_and_queued_but_never_deleted(load, engine):
    load(SALONS)
    assert counts(load(SALONS[:2])) == (0, 0, 2, 1)
    assert counts(load(SALONS[:2])) == (0, 0, 2, 0)
    with Session(engine) as session:
        found = listing(session, "やまびこサロン")
        assert found.status == "review"
        stored = session.scalar(select(SourceRecord).where(SourceRecord.listing_id == found.id))
        assert stored.missing_since == NOW
        request = session.scalars(select(ChangeRequest)).one()
        assert (request.reason, request.state) == ("vanished", "open")


def test_a_row_that_comes_back_takes_its_question_back(load, engine):
    load(SALONS)
    load(SALONS[:2])
    assert counts(load(SALONS)) == (0, 0, 3, 0)
    with Session(engine) as session:
        assert session.scalar(select(ChangeRequest.state)) == "withdrawn"
        assert session.scalar(select(func.count()).where(SourceRecord.missing_since.is_not(None))) == 0


def test_a_new_name_at_the_old_address_is_asked_as_a_rename(load, engine):
    load(SALONS)
    report = load(changed(0, "新つつじサロン"))
    assert counts(report) == (0, 0, 2, 0)
    assert report.others == {"名前か住所が変わったかの確認待ち": 1}
    with Session(engine) as session:
        request = session.scalar(select(ChangeRequest))
        fields = {field.field: (field.current, field.proposed) for field in session.scalars(select(ChangeRequestField))}
        assert request.reason == "rename"
        assert fields["service.name"] == ("つつじサロン", "新つつじサロン")
        assert listing(session, "つつじサロン").id == request.listing_id
    assert load(changed(0, "新つつじサロン")).others == {"名前か住所が変わったかの確認待ち": 1}


def test_a_rejected_rename_lets_the_new_row_in(load, engine):
    load(SALONS)
    load(changed(0, "新つつじサロン"))
    with Session(engine) as session:
        session.scalar(select(ChangeRequest)).state = "rejected"
        session.commit()
    assert counts(load(changed(0, "新つつじサロン"))) == (1, 0, 2, 0)


def test_rows_in_another_order_three_times_give_the_same_directory(load, engine):
    load(SALONS)
    before = digest(engine)
    for seed in range(3):
        rows = [list(cells) for cells in SALONS]
        random.Random(seed).shuffle(rows)
        assert counts(load(rows)) == (0, 0, 3, 0)
    assert digest(engine) == before


def test_two_first_imports_in_different_order_agree(sqlite_engine, vocabulary, tmp_path, migrated_file):
    import shutil

    from directory.db import make_engine
    from directory.importers.importing import ImportOptions, import_listings
    other = make_engine(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'other.db')}")
    for engine, rows in ((sqlite_engine, SALONS), (other, SALONS[::-1])):
        path = write_csv(tmp_path / "list.csv", [TITLES, *rows])
        import_listings(engine, path, vocabulary, ImportOptions(), NOW)
    assert digest(sqlite_engine) == digest(other)


def test_an_interrupted_import_leaves_the_directory_unchanged(load, engine, monkeypatch):
    load(SALONS[:1])
    before = digest(engine)

    def fail(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("directory.importers.importing._remember", fail)
    with pytest.raises(KeyboardInterrupt):
        load(SALONS)
    assert digest(engine) == before
    monkeypatch.undo()
    assert counts(load(SALONS)) == (2, 0, 1, 0)


def test_a_dry_run_writes_nothing_and_counts_the_same(load, engine):
    load(SALONS[:1])
    before = digest(engine)
    dry = load(SALONS, dry_run=True)
    assert digest(engine) == before
    assert counts(dry) == counts(load(SALONS)) == (2, 0, 1, 0)


def test_one_import_is_one_revision_and_a_noop_is_none(load, engine):
    load(SALONS)
    with Session(engine) as session:
        assert current_revision(session) == 1
    load(SALONS)
    with Session(engine) as session:
        assert current_revision(session) == 1


def test_a_new_address_gets_a_location_of_its_own(load, engine):
    load([*SALONS, ["ひまわりサロン", "津田1", "", "", ""]])
    report = load([["つつじサロン", "玖島9", "0829-00-0001", "毎週水曜 10時～12時", "お茶"], *SALONS[1:],
                   ["ひまわりサロン", "津田1", "", "", ""]])
    assert report.others == {"名前か住所が変わったかの確認待ち": 1}
    with Session(engine) as session:
        assert listing(session, "ひまわりサロン").location.address_rest == "1"


def test_an_id_column_survives_a_new_name_and_address(run, engine, tmp_path):
    titles = ["管理番号", "サロン名", "住所"]
    run(write_csv(tmp_path / "list.csv", [titles, ["S-001", "つつじ", "津田1"], ["S-002", "もみじ", "津田2"]]))
    report = run(write_csv(tmp_path / "list.csv", [titles, ["S-001", "新つつじ", "玖島3"], ["S-002", "もみじ", "津田2"]]))
    assert counts(report) == (0, 1, 1, 0)
    with Session(engine) as session:
        assert listing(session, "新つつじ").location.town == "玖島"
        assert listing(session, "もみじ").location.town == "津田"


def test_a_running_number_is_no_id(run, tmp_path):
    titles = ["No.", "サロン名", "住所"]
    run(write_csv(tmp_path / "list.csv", [titles, ["1", "つつじ", "津田1"], ["2", "もみじ", "津田2"]]))
    report = run(
        write_csv(tmp_path / "list.csv", [titles, ["1", "あやめ", "津田9"], ["2", "つつじ", "津田1"], ["3", "もみじ", "津田2"]])
    )
    assert counts(report) == (1, 0, 2, 0)


def test_a_row_repeated_word_for_word_is_counted_and_imported_once(load):
    report = load([SALONS[0], SALONS[0], SALONS[1]])
    assert report.insert == 2
    assert report.others == {"まったく同じ行のくりかえし": 1}


def test_an_organisation_renamed_by_a_person_is_not_duplicated(run, engine, tmp_path):
    path = write_csv(tmp_path / "list.csv", [["名称", "住所", "団体名"], ["つつじ", "津田1", "見本会"]])
    run(path)
    with writing(engine, by="SC", why="名称変更", now=NOW) as write:
        write.edit(write.session.scalar(select(Organization)), name="新見本会", normalised_name="新見本会")
    path = write_csv(tmp_path / "list.csv", [["名称", "住所", "団体名", "内容"], ["つつじ", "津田1", "見本会", "お茶"]])
    assert run(path).update == 1
    with Session(engine) as session:
        assert session.scalars(select(Organization.name)).all() == ["新見本会"]
