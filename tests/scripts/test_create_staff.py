"""Do the commands for accounts and keys do what they say, in sentences, and tell each secret a single time?"""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.settings import Settings
from matcher import sessions, sign_in
from matcher.desk import open_desk

ROOT = Path(__file__).parents[2]


@pytest.fixture
def instance(tmp_path):
    """An instance with an empty, migrated casework database."""
    assert run(tmp_path, "migrate", "--casework", "up").returncode == 0
    return tmp_path


def run(folder, script, *arguments, typed=""):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("CASEWORK", "YORIDOKORO"))}
    command = [sys.executable, "-m", f"scripts.{script}", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**environment, "YORIDOKORO_INSTANCE": str(folder)}, input=typed, capture_output=True,
        text=True, timeout=120, start_new_session=True)


def told(output):
    password = re.search(r"パスワード\s+(\S+)", output)
    return password and password.group(1), re.findall(r"\d+\.\s+([0-9A-Z]{4}-[0-9A-Z]{4})", output)


def sign_in_with(folder, password, code):
    desk = open_desk(Settings.from_environment({"YORIDOKORO_INSTANCE": str(folder)}))
    now = datetime.now(UTC).replace(tzinfo=None)
    try:
        token = sign_in.give_password(desk, "sato", password, "x", now)
        return sessions.signed_in(desk, sign_in.give_code(desk, token, code, "x", now).token, now).actor
    finally:
        desk.close()


def test_a_made_password_and_a_printed_code_let_the_new_account_in_also_after_a_rotation(instance):
    made = run(instance, "create_staff", "sato", "--role", "worker", "--role", "case_lead", "--name", "佐藤", "--generate")
    assert made.returncode == 0, made.stderr
    password, codes = told(made.stdout)
    assert "otpauth://totp/" in made.stdout and "この一度しか出ません" in made.stdout and "█" in made.stdout
    actor = sign_in_with(instance, password, codes[0])
    assert (actor.display_name, actor.roles) == ("佐藤", {"worker", "case_lead"})
    rotated = run(instance, "rotate_keys")
    assert rotated.returncode == 0 and "アカウント 1" in rotated.stdout and "控え" in rotated.stdout
    assert sign_in_with(instance, password, codes[1])


def test_a_password_of_ones_own_is_asked_for_and_never_shown(instance):
    own = "ながい合い言葉と鈴の音 2026"
    made = run(instance, "create_staff", "sato", "--role", "worker", typed=f"short\n{own}\n{own}\n")
    assert made.returncode == 0, made.stderr
    assert own not in made.stdout + made.stderr and told(made.stdout)[0] is None
    assert sign_in_with(instance, own, told(made.stdout)[1][0])


def test_a_reset_gives_new_secrets_and_a_disabled_account_none(instance):
    first = told(run(instance, "create_staff", "sato", "--role", "worker", "--generate").stdout)
    second = told(run(instance, "create_staff", "sato", "--reset", "--generate").stdout)
    assert first[0] != second[0] and not set(first[1]) & set(second[1])
    stopped = run(instance, "create_staff", "sato", "--disable")
    assert stopped.returncode == 0 and "止めました" in stopped.stdout


@pytest.mark.parametrize(("arguments", "sentence"), [
    (("sato", "--generate"), "役割を選んでください"), (("Sato!", "--role", "worker", "--generate"), "ログイン名は"),
    (("sato", "--disable"), "「sato」はありません"), (("sato", "--role", "host", "--generate"), "--listing"),
])
def test_what_cannot_be_done_is_told_in_one_sentence(instance, arguments, sentence):
    result = run(instance, "create_staff", *arguments)
    assert result.returncode == 1
    assert sentence in result.stderr and "Traceback" not in result.stderr


def test_the_trail_is_verified_from_its_end_printed_earlier(instance):
    run(instance, "create_staff", "sato", "--role", "worker", "--generate")
    first = run(instance, "verify_trail")
    anchor = first.stdout.split()[-1]
    assert first.returncode == 0 and anchor.startswith("1:") and "1 件" in first.stdout
    run(instance, "create_staff", "sato", "--disable")
    assert run(instance, "verify_trail", "--anchor", anchor).returncode == 0
    other = run(instance, "verify_trail", "--anchor", anchor[:-1] + ("0" if anchor[-1] != "0" else "1"))
    assert other.returncode == 1 and "書きかえられている" in other.stderr


def test_stopping_at_the_password_makes_no_account(instance):
    result = run(instance, "create_staff", "sato", "--role", "worker", typed="")
    assert result.returncode == 1 and "やめました" in result.stderr
    assert "「sato」はありません" in run(instance, "create_staff", "sato", "--disable").stderr


def test_without_a_database_or_with_a_lost_key_file_the_sentence_says_what_to_do(tmp_path, instance):
    assert "scripts.migrate up" in run(tmp_path / "new", "create_staff", "sato", "--role", "worker", "--generate").stderr
    assert run(instance, "create_staff", "sato", "--role", "worker", "--generate").returncode == 0
    (instance / "keys" / "casework.json").unlink()
    for script, arguments in (("create_staff", ("x2", "--role", "worker", "--generate")), ("rotate_keys", ())):
        result = run(instance, script, *arguments)
        assert result.returncode == 1
        assert "控え" in result.stderr and "Traceback" not in result.stderr
    assert not (instance / "keys" / "casework.json").exists()
