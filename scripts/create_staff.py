"""How does a member of staff get an account? Here, at the server; password, generator and paper codes are told once.

    python -m scripts.create_staff sato --role worker --name "佐藤"      asks for a password; an empty one is made for you
    python -m scripts.create_staff sato --reset                          new password, generator and codes
    python -m scripts.create_staff sato --disable                        signed out at once, never in again
"""

import argparse
import os
import sys
from datetime import UTC, datetime
from getpass import getpass

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from directory.errors import DirectoryError, InvalidRecord
from directory.exporters.qr import terminal_qr
from directory.settings import Settings
from matcher.access import ROLES
from matcher.accounts import NewFactors, check_password, create_staff, disable_staff, make_password, reset_staff
from matcher.desk import Desk, open_desk


def main() -> None:
    """Read the command line and do what it says; what cannot be done is told in one sentence."""
    options = _command_line()
    try:
        desk = open_desk(Settings.from_environment(os.environ))
        _act(desk, options, datetime.now(UTC).replace(tzinfo=None))
    except DirectoryError as error:
        sys.exit(str(error))
    except (ArgumentError, DBAPIError, NoSuchModuleError, OSError):
        sys.exit("データベースにつながりません。CASEWORK_DATABASE_URL を確かめてください。")
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nやめました。アカウントは作っていません。")


def _command_line() -> argparse.Namespace:
    roles = "、".join(f"{key}＝{name}" for key, name in ROLES.items())
    parser = argparse.ArgumentParser(prog="python -m scripts.create_staff", description=__doc__.splitlines()[0])
    parser.add_argument("login_name", help="ログイン名（小文字の英字と数字）")
    parser.add_argument("--role", action="append", choices=list(ROLES), default=[], help=f"役割。いくつでも: {roles}")
    parser.add_argument("--name", help="画面に出る名前（なければログイン名）")
    parser.add_argument("--listing", help="受け入れ先（host）の掲載の番号")
    parser.add_argument("--generate", action="store_true", help="パスワードを聞かずに作る")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--reset", action="store_true", help="パスワードと二つめの鍵を作りなおす")
    one.add_argument("--disable", action="store_true", help="アカウントを止める")
    return parser.parse_args()


def _act(desk: Desk, options: argparse.Namespace, now: datetime) -> None:
    login_name = options.login_name
    if options.disable:
        disable_staff(desk, now, login_name=login_name)
        print(f"「{login_name}」のアカウントを止めました。いま開いている画面からも、次の操作で出されます。")
        return
    typed = "" if options.generate else _ask_for_password(login_name)
    password = typed or make_password()
    if options.reset:
        made = reset_staff(desk, now, login_name=login_name, password=password)
    else:
        made = create_staff(desk, now, login_name=login_name, display_name=options.name or login_name,
                            roles=options.role, password=password, listing_id=options.listing)
    print(once(login_name, None if typed else password, made, qr=True))


def _ask_for_password(login_name: str) -> str:
    while True:
        password = getpass("パスワード（何も入れずに Enter で、こちらで作ります）: ")
        if not password:
            return ""
        try:
            check_password(password, login_name)
        except InvalidRecord as error:
            print(error, file=sys.stderr)
            continue
        if password == getpass("もう一度: "):
            return password
        print("二つが違います。はじめから入れてください。", file=sys.stderr)


def once(login_name: str, password: str | None, made: NewFactors, *, qr: bool) -> str:
    """What is told a single time, ready to be printed on paper."""
    lines = [
        "", "  ここから先は、この一度しか出ません。紙に写し、本人に手わたしてください。", "",
        f"  ログイン名　　　　 {login_name}",
        *([f"  パスワード　　　　 {password}"] if password else []),
        "", "  二つめの鍵。どちらか使いやすいほうで:", "",
        "  1) コードを作るアプリや機器に、次の文字を入れる" + ("（QRでも）" if qr else ""),
        f"     {made.secret}", f"     {made.address}",
        *([terminal_qr(made.address)] if qr else []),
        "  2) 紙のコード（スマートフォンがなくても使えます。一つにつき一度だけ）", "",
        *(f"     {number:>2}.  {code}" for number, code in enumerate(made.codes, start=1)), "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
