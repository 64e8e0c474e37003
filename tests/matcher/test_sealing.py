"""Does a text open only in its own place with its own key, and what happens when the keys are gone?"""

import json
import stat
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import InvalidSettings
from matcher import casework
from matcher.accounts import create_staff
from matcher.crypto import Key, Place, key_id_of, seal, unseal
from matcher.db import Base
from matcher.desk import open_desk
from matcher.errors import LostKeys, Unreadable
from matcher.key_file import KeyFile
from matcher.models import CaseKey
from tests.matcher.office import NOW, PASSWORD, Office

PLACE = Place("answer", "sealed", "row 1")
KEY = Key.make()


@given(st.text())
def test_what_is_sealed_opens_again_and_shows_nothing(text):
    sealed = seal(KEY, PLACE, text)
    assert unseal(KEY, PLACE, sealed) == text
    assert len(text) < 8 or text.encode() not in sealed
    assert seal(KEY, PLACE, text) != sealed


@pytest.mark.parametrize("other", [Place("note", "sealed", "row 1"), Place("answer", "shown", "row 1"),
                                   Place("answer", "sealed", "row 2")])
def test_a_value_moved_to_another_place_does_not_open(other):
    with pytest.raises(Unreadable):
        unseal(KEY, other, seal(KEY, PLACE, "x"))


def test_a_value_under_another_key_of_the_same_name_does_not_open():
    with pytest.raises(Unreadable):
        unseal(Key(KEY.id, Key.make().secret), PLACE, seal(KEY, PLACE, "x"))
    with pytest.raises(Unreadable):
        unseal(Key.make(), PLACE, seal(KEY, PLACE, "x"))


def test_no_byte_of_a_sealed_value_can_be_changed():
    sealed = seal(KEY, PLACE, "静かな所")
    for at in range(len(sealed)):
        with pytest.raises(Unreadable):
            unseal(KEY, PLACE, sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1:])
    for cut in (0, 1, 10, len(sealed) - 1):
        with pytest.raises(Unreadable):
            unseal(KEY, PLACE, sealed[:cut])


def test_a_key_does_not_show_its_secret():
    assert KEY.secret.hex() not in repr(KEY) and str(KEY.secret) not in repr(KEY)


def test_the_key_file_is_for_its_owner_only(settings):
    open_desk(settings).close()
    path = settings.casework_keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert settings.instance in path.parents and "casework.db" not in str(path)


def test_a_key_file_others_can_read_is_refused_with_the_way_out(small_office, tmp_path):
    small_office.hire()
    path = small_office.desk.keys.path
    path.chmod(0o644)
    with pytest.raises(LostKeys, match="chmod 600"):
        _ = KeyFile(path).current


@pytest.fixture
def lived_in(office):
    """An office with a case, and what was said."""
    worker = office.hire()
    case = office.case(worker)
    office.say(worker, case, "own_words", "静かな所がよい")
    return office, worker, case


def test_a_lost_key_file_is_told_and_nothing_is_made_anew_or_lost(lived_in, settings):
    office, worker, case = lived_in
    path = office.desk.keys.path
    kept = path.read_bytes()
    path.unlink()
    for _ in range(2):
        with pytest.raises(LostKeys, match="控え.*記録は消えていません"):
            open_desk(settings)
    assert not path.exists()
    path.write_bytes(kept)
    path.chmod(0o600)
    desk = open_desk(settings)
    assert casework.read_answers(desk, worker, case, NOW)["own_words"].value == "静かな所がよい"
    desk.close()


def test_accounts_alone_keep_a_new_key_file_from_being_made(office, settings):
    create_staff(office.desk, NOW, login_name="sato", display_name="佐藤", roles=["worker"], password=PASSWORD)
    office.desk.keys.path.unlink()
    with pytest.raises(LostKeys):
        open_desk(settings)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"keys": {}}', '{"keys": {"a": "00"}, "current": "a", "hashing": ""}',
                                    '{"keys": [], "current": 1, "hashing": 2}'])
def test_a_damaged_key_file_is_told_in_one_sentence(lived_in, settings, damage):
    office, _worker, _case = lived_in
    office.desk.keys.path.write_text(damage)
    with pytest.raises(LostKeys, match="控えから戻してください"):
        open_desk(settings)


def test_the_key_file_of_another_city_is_told(lived_in, settings, tmp_path):
    office, _worker, _case = lived_in
    other = KeyFile(tmp_path / "other.json")
    other.create()
    office.desk.keys.path.write_bytes(other.path.read_bytes())
    with pytest.raises(LostKeys, match="このデータベースの鍵ではありません"):
        open_desk(settings)


def test_a_key_file_is_never_written_over(small_office):
    with pytest.raises(FileExistsError):
        small_office.desk.keys.create()


def test_the_messages_hold_no_path_and_no_secret(lived_in, settings):
    office, _worker, _case = lived_in
    secrets = json.loads(office.desk.keys.path.read_text())["keys"].values()
    office.desk.keys.path.chmod(0o666)
    with pytest.raises(LostKeys) as caught:
        open_desk(settings)
    told = str(caught.value)
    assert str(settings.instance) not in told and not any(secret in told for secret in secrets)


def test_a_database_without_tables_says_what_to_do(settings, tmp_path):
    empty = replace(settings, casework_database_url=f"sqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(InvalidSettings, match="scripts.migrate up"):
        open_desk(empty)
    assert not empty.casework_keys.exists()


def test_an_erased_case_cannot_be_read_from_what_is_left(office):
    lead = office.hire("case_lead")
    case, other = office.case(lead), office.case(lead)
    for participant in (case, other):
        office.say(lead, participant, "own_words", "静かな所がよい")
    casework.introduce(office.desk, lead, case, "10000000-0000-4000-8000-000000000001", NOW, note="電話で")
    casework.erase(office.desk, lead, case, NOW)
    assert [shown.id for shown in casework.cases(office.desk, lead, NOW)] == [other]
    assert casework.read_answers(office.desk, lead, other, NOW)["own_words"].value == "静かな所がよい"
    left = [(mapper.class_.__tablename__, row) for mapper in Base.registry.mappers
            for row in office.rows(mapper.class_) if mapper.class_.__tablename__ != "audit_entry"
            and case in (getattr(row, "participant_id", ""), getattr(row, "id", ""))]
    assert left == []


def test_a_sealed_value_names_the_key_it_needs(office: Office):
    worker = office.hire()
    office.case(worker)
    assert {key_id_of(row.sealed) for row in office.rows(CaseKey)} == {office.desk.keys.current.id}
