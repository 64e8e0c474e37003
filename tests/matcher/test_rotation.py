"""Can the keys be renewed at any time, cut off anywhere, with others at work, and nothing is lost?"""

import json

import pytest

from matcher import casework, rotation, sessions, sign_in
from matcher.accounts import create_staff
from matcher.crypto import key_id_of
from matcher.desk import open_desk
from matcher.errors import LostKeys
from matcher.key_file import KeyFile
from matcher.models import Answer, CaseKey, Staff
from matcher.rotation import rotate
from tests.matcher.office import NOW, PASSWORD, Office
from tests.matcher.test_audit import verify
from tests.matcher.test_canary import fill, read_everything
from tests.matcher.test_sign_in import generated


def master_keys(office):
    return json.loads(office.desk.keys.path.read_text())["keys"]


def test_everything_opens_as_before_and_nothing_with_the_old_keys(office, settings, tmp_path):
    actor, case = fill(office)
    before = read_everything(office, actor, case)
    old = tmp_path / "old.json"
    old.write_bytes(office.desk.keys.path.read_bytes())
    old.chmod(0o600)
    sealed = {row.id: row.sealed for row in office.rows(Answer)}
    done = rotate(office.desk, NOW)
    assert (done.cases, done.accounts) == (2, 2)
    assert read_everything(office, actor, case) == before
    assert read_everything_anew(settings, actor, case) == before
    assert list(master_keys(office)) != list(json.loads(old.read_text())["keys"]) and len(master_keys(office)) == 1
    # Each answer is under a new key of its case, and that key under the new master.
    assert all(key_id_of(row.sealed) != key_id_of(sealed[row.id]) for row in office.rows(Answer))
    with pytest.raises(LostKeys):
        KeyFile(old).key(key_id_of(office.rows(CaseKey)[0].sealed))
    assert verify(office).broken_at is None


def read_everything_anew(settings, actor, case):
    desk = open_desk(settings)
    try:
        return read_everything(Office(desk), actor, case)
    finally:
        desk.close()


def test_generators_and_paper_codes_still_work(office):
    made = create_staff(office.desk, NOW, login_name="sato", display_name="佐藤", roles=["worker"], password=PASSWORD)
    rotate(office.desk, NOW)
    for number, code in enumerate((generated(made), made.codes[0])):
        token = sign_in.give_password(office.desk, "sato", PASSWORD, f"x{number}", NOW)
        arrived = sign_in.give_code(office.desk, token, code, f"x{number}", NOW)
        assert sessions.signed_in(office.desk, arrived.token, NOW)


STEPS = ["_renew_case", "_reseal_case", "_renew_accounts", "_destroy_old_keys"]


@pytest.mark.parametrize("step", STEPS)
def test_cut_off_at_any_step_everything_opens_and_the_next_run_ends_it(office, settings, monkeypatch, step):
    actor, case = fill(office)
    before = read_everything(office, actor, case)

    class PowerCut(Exception):
        pass

    def cut(*_arguments):
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(rotation, step, cut)
        with pytest.raises(PowerCut):
            rotate(office.desk, NOW)
    assert read_everything_anew(settings, actor, case) == before
    rotate(office.desk, NOW)
    assert read_everything_anew(settings, actor, case) == before
    assert len(master_keys(office)) == 1


def test_who_works_meanwhile_loses_nothing(office, settings):
    """Another process writes between any two cases: it has the old keys in memory, and opens a new case with them."""
    actor, case = fill(office)
    other = open_desk(settings)
    written = []

    def with_others(ids):
        for participant in ids:
            yield participant
            written.append(casework.open_participant(
                other, actor, NOW, code_name=f"あいだ-{len(written)}",
                consents=(casework.ConsentGiven("internal", NOW.date()),)))
            casework.save_answer(other, actor, written[-1], "age", 40, version=0, now=NOW)

    rotate(office.desk, NOW, progress=with_others)
    for desk in (office.desk, other):
        assert [casework.read_answers(desk, actor, new, NOW)["age"].value for new in written] == [40] * len(written)
        casework.save_answer(desk, actor, case, "age", 50, version=casework.read_answers(
            desk, actor, case, NOW)["age"].version, now=NOW)
    create_staff(other, NOW, login_name="late", display_name="x", roles=["worker"], password=PASSWORD)
    current = office.desk.keys.current.id
    sealed = [row.sealed for row in office.rows(CaseKey)] + [row.totp_secret for row in office.rows(Staff)]
    assert written and {key_id_of(value) for value in sealed} == {current}
    other.close()


def test_a_rotation_stands_in_the_trail(office):
    auditor = office.hire("auditor")
    rotate(office.desk, NOW)
    assert casework.whole_log(office.desk, auditor, NOW)[1].act == "鍵を新しくした"
