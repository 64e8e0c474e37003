"""Can anything about a person be found in what lies on the disk? A token in every sealed field, and a search for it."""

import logging
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import URL, LargeBinary, insert, make_url
from sqlalchemy.exc import DBAPIError

from directory.errors import InvalidRecord
from matcher import accounts, casework
from matcher.casework import Shown, fields
from matcher.db import Base, write_session
from matcher.models import Note, Participant, Staff
from matcher.rotation import OF_A_CASE, OF_THE_MASTER
from tests.matcher.office import EVERY_CONSENT, NOW, PASSWORD
from tests.postgres import server_programs

TOKEN = "カナリア-7f3a9c"
CODE_NAME = "ひだまり-7000"
LISTING = "10000000-0000-4000-8000-000000000001"


def fill(office):
    """One case with a token, or something nobody else would say, in everything that can be sealed; and the trails of use."""
    lead = office.hire("case_lead", "worker")
    case, other = office.case(lead, consents=EVERY_CONSENT, code_name=CODE_NAME), office.case(lead)
    for key, field in fields(office.desk.vocabulary).items():
        if field.kind in ("text", "long_text"):
            office.say(lead, case, key, f"{TOKEN} {key}")
    office.say(lead, case, "interests", [TOKEN])
    office.say(lead, case, "start", {"town": TOKEN, "latitude": 34.1, "longitude": 132.1, "zone": "mainland"})
    office.say(lead, case, "birth_date", "1931-02-03")
    casework.write_note(office.desk, lead, case, TOKEN, NOW, "consented:host")
    casework.add_no_contact(office.desk, lead, case, NOW, listing_id=LISTING, reason=TOKEN)
    casework.choose(office.desk, lead, case, NOW, kind="hide", listing_id=LISTING, reason=TOKEN)
    shown = casework.log_recommendation(
        office.desk, lead, case, NOW, weights_version="w1", shown=[Shown(TOKEN, None, "A", 0.5)])
    casework.override(office.desk, lead, case, shown, NOW, reason=TOKEN)
    casework.introduce(office.desk, lead, other, LISTING, NOW, note=TOKEN)
    casework.break_glass(office.desk, office.hire(), NOW, code_name=CODE_NAME, reason=TOKEN, minutes=15)
    return lead, case


def read_everything(office, actor, case):
    """What an ordinary day reads; its return values are the only place the token may be."""
    desk = office.desk
    return (casework.read_answers(desk, actor, case, NOW), casework.read_answers(desk, actor, case, NOW, "identity"),
            casework.notes(desk, actor, case, NOW), casework.no_contacts(desk, actor, case, NOW),
            casework.choices(desk, actor, case, NOW), casework.recommendations(desk, actor, case, NOW))


def files_of(url: URL, folder: Path):
    """Every byte the database keeps: SQLite's file, log and shared memory; a dump of PostgreSQL and its log of changes."""
    if url.get_backend_name() == "sqlite":
        return list(Path(url.database).parent.glob(f"{Path(url.database).name}*"))
    dump = folder / "dump.sql"
    pg_dump = server_programs() / "pg_dump"
    command = [pg_dump, "--host", url.query["host"], "--username", url.username, "--file", dump, url.database]
    subprocess.run(command, check=True, capture_output=True)
    return [dump]


def test_no_token_in_database_log_or_key_folder(office, casework_url, tmp_path, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    actor, case = fill(office)
    assert str(read_everything(office, actor, case)).count(TOKEN) >= 12
    url = make_url(casework_url)
    found = [path for path in files_of(url, tmp_path) if path.is_file()]
    assert found and sum(path.stat().st_size for path in found) > 10_000
    # The place, the day and a chosen key are as telling as a name.
    for telling in (TOKEN, "7f3a9c", "1931-02-03", "34.1,", PASSWORD):
        for path in [*found, *(path for path in (tmp_path / "instance").rglob("*") if path.is_file())]:
            assert telling.encode() not in path.read_bytes(), (telling, path.name)
    output = capfd.readouterr()
    assert TOKEN not in caplog.text + output.out + output.err


def test_the_search_would_find_a_token(office, casework_url, tmp_path):
    actor = office.hire()
    office.case(actor, code_name=TOKEN)
    assert any(TOKEN.encode() in path.read_bytes() for path in files_of(make_url(casework_url), tmp_path))


def test_every_sealed_column_is_filled_by_the_case_above(small_office):
    """So a new sealed column turns this red until the canary reaches it, and until a rotation renews it."""
    fill(small_office)
    sealed = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns
              if isinstance(column.type, LargeBinary)}
    rotated = {(table.__tablename__, column) for table, columns in (*OF_A_CASE, *OF_THE_MASTER) for column in columns}
    assert rotated == sealed
    empty = [(table.__tablename__, column) for table, columns in OF_A_CASE for column in columns
             if not any(getattr(row, column) for row in small_office.rows(table))]
    assert empty == []


def test_an_error_of_the_database_does_not_repeat_the_values_of_the_statement(small_office):
    """What PostgreSQL itself adds (“Failing row contains …”) shows sealed columns sealed, and code names as they are."""
    worker = small_office.hire()
    with write_session(small_office.desk.engine) as session, pytest.raises(DBAPIError) as caught:
        session.execute(insert(Note).values(id=TOKEN[:9], participant_id=TOKEN, written_by=worker.staff_id))
    assert "note" in str(caught.value) and TOKEN not in str(caught.value)


def test_an_error_never_repeats_what_was_typed(small_office):
    worker = small_office.hire()
    case = small_office.case(worker)
    for field, value in (("age", TOKEN), ("needs", {TOKEN: 1}), ("own_words", TOKEN * 500), ("slots", [[TOKEN, 1, 2]]),
                         ("birth_date", TOKEN), ("start", {"town": 1, "latitude": TOKEN, "longitude": 1, "zone": 1})):
        with pytest.raises(InvalidRecord) as caught:
            small_office.say(worker, case, field, value)
        error = caught.value
        while error is not None:
            assert TOKEN not in str(error)
            error = error.__context__


def test_the_record_of_a_person_has_the_same_size_whether_or_not_there_is_somebody_to_avoid(small_office):
    worker = small_office.hire()
    with_pair, without, other = (small_office.case(worker, code_name=name) for name in ("あ", "い", "う"))
    casework.add_no_contact(small_office.desk, worker, with_pair, NOW, other_code_name="う", reason="x" * 200)
    sizes = {row.id: len(row.confidential) for row in small_office.rows(Participant)}
    assert sizes[with_pair] == sizes[without] == sizes[other]


def test_the_password_is_kept_as_argon2id(small_office, monkeypatch):
    monkeypatch.undo()
    accounts.hasher.cache_clear()
    made = accounts.create_staff(small_office.desk, NOW, login_name="sato", display_name="佐藤", roles=["worker"],
                                 password=PASSWORD)
    kept = next(row.password_hash for row in small_office.rows(Staff) if row.id == made.staff_id)
    assert kept.startswith("$argon2id$") and int(kept.split("m=")[1].split(",")[0]) >= 19_456
