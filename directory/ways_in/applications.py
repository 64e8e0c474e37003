"""掲載希望: what is asked in which step, and what does the applicant hear afterwards? One row a question, one a state."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.db import read_session, write_session
from directory.errors import InvalidRecord, NotFound
from directory.importers.cleaning.phones import phone
from directory.inbox.kinds import UNWRITABLE
from directory.inbox.retention import answered
from directory.inbox.wishes import PERSONAL
from directory.models import Application, InboxItem
from directory.ways_in.proofs import mark_of

LONGEST_REPLY = 200


@dataclass(frozen=True)
class Question:
    """`kind`: line, lines, tel, tick. `public`: may stand on the listing's page; the others are for the city only."""

    key: str
    step: str
    label: str
    longest: int
    required: bool = True
    kind: str = "line"
    hint: str = ""
    public: bool = True


# The steps, one screen each.
STEPS: Mapping[str, str] = {
    "group": "どんな団体ですか",
    "what": "どんなことをしますか",
    "when": "いつ、どこでしますか",
    "join": "参加する人に伝えること",
    "contact": "あなたの連絡先",
}
# The lengths together fit into one cookie (web/views/applications.py), however the words are written.
QUESTIONS: tuple[Question, ...] = (
    Question("organization", "group", "団体・グループの名前", 60, hint="例：つつじ会、津田いきいき体操の世話人"),
    Question("name", "group", "活動の名前", 60, hint="例：いきいき百歳体操、お茶のみサロン"),
    Question("words", "what", "どんなことをするか", 250, kind="lines", hint="ふだんの言葉で。250文字まで。"),
    Question("when", "when", "いつ", 120, hint="例：毎月第2・4火曜 10時～12時。8月は休み"),
    Question("place", "when", "どこで", 80, hint="例：津田集会所（津田）。個人のお宅のときは、町の名前だけ書いてください。"),
    Question("who", "join", "だれが来てよいか", 80, required=False, hint="例：どなたでも、津田地区の方"),
    Question("fee", "join", "お金", 60, required=False, hint="例：1回100円（お茶代）、無料"),
    Question("phone", "join", "のせてよい電話番号", 30, required=False, kind="tel",
             hint="のせないときは、相談窓口が取り次ぎます。"),
    Question("contact_name", "contact", "お名前", 40, public=False, hint="のせません。確かめるときの連絡だけに使います。"),
    Question("contact", "contact", "電話番号かメールアドレス", 80, public=False, hint="のせません。返事がすんだら消します。"),
    Question("consent", "contact", "団体の了解があり、書いた内容をのせてよい", 1, kind="tick", public=False),
)
FIELDS: Mapping[str, Question] = {question.key: question for question in QUESTIONS}


@dataclass(frozen=True)
class State:
    """`final`: whoever asked has heard the end of it, and their contact details go."""

    label: str
    sentence: str
    final: bool = False


STATES: Mapping[str, State] = {
    "received": State("受け付けました", "担当者が内容を読んでいます。"),
    "asking": State("くわしくうかがいます", "担当者から、書いていただいた連絡先に連絡します。"),
    "preparing": State("のせる用意をしています", "内容が整いしだい、のせます。"),
    "listed": State("のせました", "ありがとうございました。", final=True),
    "declined": State("今回はのせませんでした", "くわしいことは、相談窓口へお電話ください。", final=True),
}


def values_of(answers: Mapping[str, object]) -> dict[str, object]:
    """What the application proposes for a new listing, by the names of the curation desk. The kind is a person's choice."""
    given = {key: str(text) for key, text in answers.items() if text}
    values: dict[str, object] = {key: given.get(name) for key, name in (
        ("organization.name", "organization"), ("service.name", "name"), ("service.description", "words"),
        ("service.audience_text", "who"), ("location.name", "place"))}
    number = phone(given.get("phone"))[0]
    return {key: value for key, value in values.items() if value} | {"service.kind": None} | (
        {"schedules": [given["when"]]} if "when" in given else {}) | (
        {"listing.phone": number, "listing.contact_public": True} if number else {})


def evidence_of(answers: Mapping[str, object]) -> str:
    """What a proposal has no field for, and nothing about who wrote."""
    return "、".join(f"{FIELDS[key].label}：{answers[key]}" for key in ("place", "fee", "phone") if answers.get(key))


def in_step(step: str) -> list[Question]:
    """The questions of one screen."""
    return [question for question in QUESTIONS if question.step == step]


def tidied(question: Question, typed: str) -> str:
    """As it is kept: one line, or lines without empty ones; a tick is 1 or nothing."""
    text = UNWRITABLE.sub("", typed)
    if question.kind == "tick":
        return "1" if text == "1" else ""
    lines = [" ".join(line.split()) for line in text.splitlines()] if question.kind == "lines" else [" ".join(text.split())]
    return "\n".join(filter(None, lines))


def problems(answers: Mapping[str, str], questions: Sequence[Question] = QUESTIONS) -> dict[str, str]:
    """Question → why it cannot be taken: empty, long, or `reach` for contact details that nobody could use."""
    found: dict[str, str] = {}
    for question in questions:
        text = answers.get(question.key, "")
        if not text and question.required:
            found[question.key] = "empty"
        elif len(text) > question.longest:
            found[question.key] = "long"
        elif question.key == "contact" and not _reaches(text):
            found[question.key] = "reach"
    return found


def _reaches(text: str) -> bool:
    """A mail address, or at least the nine digits of a Japanese number."""
    return bool(PERSONAL["mail"].search(text)) or len(re.findall(r"\d", text)) >= 9


@dataclass(frozen=True)
class Told:
    """What the holder of a reference number is told; `listing_id` once the page is there."""

    state: str
    label: str
    sentence: str
    reply: str
    listing_id: str | None
    made_at: datetime
    changed_at: datetime


def told(session: Session, number: str) -> Told | None:
    """What became of the application with this number; None when there is none of it (yet)."""
    row = session.get(Application, mark_of(number))
    if row is None or row.state not in STATES:
        return None
    state = STATES[row.state]
    return Told(row.state, state.label, state.sentence, row.reply or "", row.listing_id, row.made_at, row.changed_at)


def answer(
    directory: Engine, letter_id: str, state: str, reply: str, now: datetime, listing_id: str | None = None
) -> None:
    """Tell the applicant where it stands; with a final state their contact details go. Raises NotFound, InvalidRecord."""
    reply = " ".join(UNWRITABLE.sub("", reply).split())
    if state not in STATES:
        raise InvalidRecord("どうなったかを、並んでいるものから選んでください。")
    if len(reply) > LONGEST_REPLY:
        raise InvalidRecord(f"ひとことは{LONGEST_REPLY}文字までにしてください。")
    if any(pattern.search(reply) for pattern in PERSONAL.values()):
        raise InvalidRecord("ひとことは番号を知る人みんなに見えます。電話番号、メールアドレス、番地は書かないでください。")
    with write_session(directory) as session:
        row = session.scalars(select(Application).where(Application.letter_id == letter_id)).one_or_none()
        if row is None:
            raise NotFound("この掲載希望は見つかりません。")
        row.state, row.reply, row.changed_at = state, reply or None, now
        row.listing_id = listing_id or row.listing_id
        letter = session.get(InboxItem, letter_id)
        if letter is not None and STATES[state].final:
            answered(session, letter, now)
        session.commit()


def by_letter(directory: Engine, letter_id: str) -> Application | None:
    """The application a letter brought."""
    with read_session(directory) as session:
        return session.scalars(select(Application).where(Application.letter_id == letter_id)).one_or_none()
