"""Does somebody get in with password and code, stay in as long as they should, and is nobody locked out by others?"""

import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, timedelta
from types import SimpleNamespace

import pyotp
import pytest

from directory.errors import InvalidRecord, NotFound
from matcher import accounts, sessions, sign_in
from matcher.errors import SignInRefused
from matcher.models import PrintedCode, StaffSession
from tests.matcher.office import NOW, PASSWORD

HOME = "192.0.2.0/24"
MINUTE = timedelta(minutes=1)


def account(office, login="sato", roles=("worker",)):
    return accounts.create_staff(
        office.desk, NOW, login_name=login, display_name="佐藤", roles=roles, password=PASSWORD)


def password(office, login="sato", typed=PASSWORD, origin=HOME, now=NOW, device=None):
    return sign_in.give_password(office.desk, login, typed, origin, now, device)


def code(office, token, typed, origin=HOME, now=NOW, device=None):
    return sign_in.give_code(office.desk, token, typed, origin, now, device)


def generated(made, now=NOW, steps=0):
    return pyotp.TOTP(made.secret).at(now.replace(tzinfo=UTC), counter_offset=steps)


def enter(office, made, printed=0, now=NOW, device=None, origin=HOME):
    """The whole way in, with a printed code."""
    return code(office, password(office, now=now, device=device, origin=origin), made.codes[printed], origin, now, device)


def who(office, token, now=NOW):
    found = sessions.signed_in(office.desk, token, now)
    return found and found.actor.login_name


def test_password_and_generator_let_somebody_in_with_their_roles(office):
    made = account(office, roles=("worker", "case_lead"))
    arrived = code(office, password(office), generated(made))
    found = sessions.signed_in(office.desk, arrived.token, NOW)
    assert (found.actor.staff_id, found.actor.roles) == (made.staff_id, {"worker", "case_lead"})
    assert (found.idle_until, found.ends_at) == (NOW + 30 * MINUTE, NOW + timedelta(hours=12))


@pytest.mark.parametrize("typed", [
    lambda shown: shown, str.lower, lambda shown: shown.replace("-", " "), lambda shown: f" {shown.replace('-', '')} ",
    lambda shown: shown.translate({ord(letter): ord(letter) + 0xFEE0 for letter in shown}),
])
def test_a_printed_code_is_taken_however_it_is_typed_but_only_once(small_office, typed):
    made = account(small_office)
    assert code(small_office, password(small_office), typed(made.codes[0])).token
    with pytest.raises(SignInRefused):
        code(small_office, password(small_office), made.codes[0])
    assert sum(row.used_at is not None for row in small_office.rows(PrintedCode)) == 1


def test_a_generated_code_works_half_a_minute_early_or_late_and_never_twice(small_office):
    made = account(small_office)
    for steps in (-2, 2):
        with pytest.raises(SignInRefused):
            code(small_office, password(small_office), generated(made, steps=steps))
    assert code(small_office, password(small_office), generated(made, steps=-1)).token
    with pytest.raises(SignInRefused):
        code(small_office, password(small_office), generated(made, steps=-1))
    assert code(small_office, password(small_office), generated(made, steps=1)).token


def test_of_two_who_bring_the_same_code_at_once_one_comes_in(office):
    made = account(office)
    tokens = [password(office) for _ in range(4)]

    def bring(token):
        try:
            return code(office, token, made.codes[0]).token
        except SignInRefused:
            return None

    with ThreadPoolExecutor(4) as pool:
        assert sum(token is not None for token in pool.map(bring, tokens)) == 1


def test_nobody_is_in_with_the_password_alone(small_office):
    account(small_office)
    token = password(small_office)
    assert who(small_office, token) is None


def test_a_code_of_somebody_else_does_not_help(office):
    account(office)
    other = account(office, login="suzuki")
    for typed in (other.codes[0], generated(other), "", "000000", "x" * 5000, "\0", "\ud800", "١٢٣٤٥٦"):
        with pytest.raises(SignInRefused):
            code(office, password(office, origin=typed[:9]), typed, origin=typed[:9])


def test_the_token_changes_with_the_second_step_and_the_first_one_is_dead(small_office):
    made = account(small_office)
    first = password(small_office)
    arrived = code(small_office, first, made.codes[0])
    assert arrived.token != first
    assert (who(small_office, arrived.token), who(small_office, first)) == ("sato", None)
    with pytest.raises(SignInRefused):
        code(small_office, first, made.codes[1])


@pytest.mark.parametrize("typed", ["wrong", "", PASSWORD + "x", "\0", "\ud800", "x" * 100_000])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(office, typed):
    account(office)
    told = set()
    for login in ("sato", "nobody", "", "\0", "\ud800"):
        with pytest.raises(SignInRefused) as caught:
            password(office, login=login, typed=typed)
        told.add(str(caught.value))
    assert told == {sign_in.WRONG}


def test_an_unknown_name_costs_as_much_work_as_a_known_one(small_office, monkeypatch):
    account(small_office)
    verified = []
    real = accounts.hasher()

    def verify(kept, typed):
        verified.append(kept)
        return real.verify(kept, typed)

    monkeypatch.setattr(accounts, "hasher", lambda: SimpleNamespace(verify=verify, hash=real.hash))
    for login in ("sato", "nobody"):
        with pytest.raises(SignInRefused):
            password(small_office, login=login, typed="wrong")
    assert len(verified) == 2


def test_a_session_ends_after_half_an_hour_of_silence(office):
    token = enter(office, account(office)).token
    assert who(office, token, NOW + 29 * MINUTE) == "sato"
    assert who(office, token, NOW + 58 * MINUTE) == "sato"
    assert who(office, token, NOW + 89 * MINUTE) is None
    assert who(office, token, NOW + 60 * MINUTE) == "sato"


def test_a_session_ends_after_twelve_hours_in_any_case(small_office):
    token = enter(small_office, account(small_office)).token
    for minutes in range(20, 720, 20):
        found = sessions.signed_in(small_office.desk, token, NOW + minutes * MINUTE)
        assert found.idle_until <= found.ends_at == NOW + timedelta(hours=12)
    assert who(small_office, token, NOW + timedelta(hours=12)) is None


def test_the_code_may_be_given_for_ten_minutes(small_office):
    made = account(small_office)
    token = password(small_office)
    with pytest.raises(SignInRefused, match="はじめから"):
        code(small_office, token, made.codes[0], now=NOW + 11 * MINUTE)


def test_five_wrong_codes_end_the_first_step(small_office):
    made = account(small_office)
    token = password(small_office)
    for number in range(sign_in.WRONG_CODES):
        with pytest.raises(SignInRefused):
            code(small_office, token, "000000", origin=f"{number}")
    with pytest.raises(SignInRefused, match="はじめから"):
        code(small_office, token, made.codes[0], origin="fresh")


def test_signing_out_ends_this_session_and_no_other(small_office):
    made = account(small_office)
    first, second = enter(small_office, made, 0).token, enter(small_office, made, 1).token
    sessions.sign_out(small_office.desk, first, NOW)
    assert (who(small_office, first), who(small_office, second)) == (None, "sato")


@pytest.mark.parametrize("end", [
    lambda office: accounts.disable_staff(office.desk, NOW, login_name="sato"),
    lambda office: accounts.reset_staff(office.desk, NOW, login_name="sato", password=PASSWORD + "!"),
])
def test_a_closed_account_and_a_new_password_end_every_session(office, end):
    made = account(office)
    token, halfway = enter(office, made).token, password(office)
    end(office)
    assert who(office, token) is None
    with pytest.raises(SignInRefused):
        code(office, halfway, made.codes[1])


def test_a_closed_account_stays_shut_and_an_opened_one_has_new_codes(small_office):
    made = account(small_office)
    accounts.disable_staff(small_office.desk, NOW, login_name="sato")
    with pytest.raises(SignInRefused):
        password(small_office)
    renewed = accounts.reset_staff(small_office.desk, NOW, login_name="sato", password=PASSWORD)
    with pytest.raises(SignInRefused):
        code(small_office, password(small_office), made.codes[0])
    assert code(small_office, password(small_office), renewed.codes[0]).token
    with pytest.raises(NotFound):
        accounts.disable_staff(small_office.desk, NOW, login_name="nobody")


def test_no_token_opens_anything_that_was_not_given(small_office):
    account(small_office)
    stored = [row.id for row in small_office.rows(StaffSession)]
    for token in (None, "", "x", "\0", "\ud800", *stored):
        assert who(small_office, token) is None


def test_the_database_holds_no_token_and_no_code(small_office):
    made = account(small_office)
    arrived = enter(small_office, made)
    bytes_kept = b"".join(path.read_bytes() for path in small_office.desk.keys.path.parents[2].glob("casework.db*"))
    told = [arrived.token, arrived.device, PASSWORD, made.secret, *(shown.replace("-", "") for shown in made.codes)]
    assert [one for one in told if one.encode() in bytes_kept] == []


def test_the_token_of_a_form_belongs_to_one_session(small_office):
    made = account(small_office)
    first, second = enter(small_office, made, 0).token, enter(small_office, made, 1).token
    one, other = (sessions.form_token(small_office.desk, token) for token in (first, second))
    assert one != other and one == sessions.form_token(small_office.desk, first) and first not in one


@pytest.mark.parametrize(("login", "typed"), [
    ("sato", "short"), ("sato", "x" * 200), ("sato", "aaaaaaaaaaaaaaaa"), ("sato", "my name is sato!"),
    ("Sato", PASSWORD), ("s", PASSWORD), ("sa to", PASSWORD), ("佐藤", PASSWORD), ("sato", "x" * 11),
])
def test_a_weak_password_or_an_odd_login_name_is_refused(small_office, login, typed):
    with pytest.raises(InvalidRecord):
        accounts.create_staff(
            small_office.desk, NOW, login_name=login, display_name="佐藤", roles=["worker"], password=typed)


@pytest.mark.parametrize("roles", [[], ["king"], ["host"], ["host", "worker"]])
def test_an_account_needs_roles_that_exist_and_go_together(small_office, roles):
    with pytest.raises(InvalidRecord, match="役割"):
        account(small_office, roles=roles)


def test_a_login_name_is_there_once(office):
    account(office)
    with pytest.raises(InvalidRecord, match="もう使われています"):
        account(office)


def test_a_made_password_is_good_enough_and_never_the_same(small_office):
    made = {accounts.make_password() for _ in range(20)}
    assert len(made) == 20
    for one in made:
        accounts.check_password(one, "sato")


def test_a_password_is_the_same_from_every_keyboard(small_office):
    """macOS writes が as か and two strokes, others as one sign."""
    account(small_office)
    for typed in (unicodedata.normalize("NFD", PASSWORD), unicodedata.normalize("NFC", PASSWORD)):
        assert password(small_office, typed=typed)
