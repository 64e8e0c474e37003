"""Whose desk is on the pictures of docs/pages.md? Made-up people, three members of staff, and something on every page."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from directory.db import make_engine
from directory.japan_time import in_utc
from matcher import accounts, casework, sessions
from matcher.db import write_session
from matcher.desk import Actor, Desk
from matcher.migrations import MIGRATIONS
from matcher.sample import load_people
from web.site import KEY as SITE
from web.staff.door import KEY, real_time

# Page, address, what it is for, and who has signed in. `{case}` are the pages of one made-up person.
DESK_PAGES = (
    ("desk-sign-in", "/desk/sign-in", "職員のログイン。二つめの確認は、電話がなくてもできる", ""),
    ("desk-home", "/desk/home", "ホーム。担当の参加者と、すること", "worker"),
    ("desk-case", "{case}", "条件。聞いたこと、まだ聞いていないこと", "worker"),
    ("desk-visit", "{case}/conditions/needs", "訪問で聞く。一画面に一つ、「聞けなかった」はいつでも", "worker"),
    ("desk-candidates", "{case}/candidates", "候補。なぜここか、弱いところ、わからないこと、あと一歩、外れたわけ", "worker"),
    ("desk-compare", "{case}/compare", "くらべる。二つから四つを横に", "worker"),
    ("desk-sheet", "{case}/sheet", "わたす紙。やさしい日本語で、点数はのせない", "worker"),
    ("desk-placements", "{case}/placements", "参加の記録。提案から参加まで", "worker"),
    ("desk-consents", "{case}/consents", "同意。取り下げは、その場から効く", "worker"),
    ("desk-no-contact", "{case}/no-contact", "会わない相手。担当のチームだけが知る", "worker"),
    ("desk-log", "{case}/log", "アクセス記録。だれが開き、だれが変えたか", "worker"),
    ("desk-emergency", "/desk/emergency", "緊急に記録を開く。一人の記録を、長くても一時間", "duty"),
    ("desk-emergencies", "/desk/emergencies", "緊急に開かれた記録。重層コーディネーターが読む", "worker"),
    ("desk-erase", "{case}/erase", "記録を消す。鍵ごと、二度と読めない", "worker"),
    ("desk-audit", "/desk/audit", "監査の人が見る、閲覧の記録の全体", "auditor"),
)
# Pages that come of two places marked in the list
OF_TWO = frozenset({"desk-compare", "desk-sheet"})
REASON = "夜間に救急から電話。のんでいる薬の名前を伝える"


@dataclass(frozen=True)
class DeskShown:
    """The session of each member of staff, the path of the person whose pages are shown, and what was made besides."""

    sessions: Mapping[str, str]
    case: str
    made: Mapping[str, str]


def prepare(app: Any, day: date, fill: Callable[[str], Mapping[str, str]]) -> DeskShown:
    """Fill the empty casework database of this application; `fill` puts work on the other desk of the same member of staff."""
    door, engine = app.extensions[KEY], app.extensions[SITE].engine
    now = in_utc(datetime.combine(day, time(9)))
    casework_engine = make_engine(door.settings.casework_database_url)
    MIGRATIONS.upgrade(casework_engine)
    casework_engine.dispose()
    desk: Desk = door.open()
    made = load_people(desk, engine, now)
    assert made is not None
    worker = Actor(made.factors.staff_id, made.login_name, "", frozenset({"worker", "case_lead"}))
    people = {"worker": worker, "duty": _hire(desk, now, "duty", "当直の職員（見本）", "worker"),
              "auditor": _hire(desk, now, "auditor", "監査の職員（見本）", "auditor")}
    case, other, *_ = casework.cases(desk, worker, now)
    casework.break_glass(desk, people["duty"], now, code_name=other.code_name, reason=REASON, minutes=15)
    casework.end_emergency(desk, people["duty"], now + timedelta(minutes=10))
    with write_session(desk.engine) as session:
        tokens = {name: sessions.begin(session, who.staff_id, sessions.OPEN, real_time()) for name, who in people.items()}
        session.commit()
    return DeskShown(tokens, f"/desk/participants/{case.id}", fill(worker.staff_id))


def mark_two(page: Any, name: str) -> None:
    """From the list: mark the first two places and ask for the page of that name."""
    for box in page.locator("input[name=pick]").all()[:2]:
        box.check()
    part = re.sub("^desk-", "", name)
    page.locator(f'.pick-bar button[formaction$="/{part}"]').click()
    page.wait_for_url(f"**/{part}")


def _hire(desk: Desk, now: datetime, login: str, name: str, role: str) -> Actor:
    made = accounts.create_staff(
        desk, now, login_name=login, display_name=name, roles=(role,), password=accounts.make_password())
    return Actor(made.staff_id, login, name, frozenset({role}))
