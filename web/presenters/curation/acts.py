"""What was done at the curation desk, in words, and until when can it be taken back?"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from directory.curation.undoing import IMPORT
from directory.db import read_session
from directory.models import CurationAct, Service, ServiceAtLocation
from web.i18n import gettext as _
from web.presenters.desk.saying import moment

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
UNDO_FOR = timedelta(hours=24)
NAMES_SHOWN = 2


@dataclass(frozen=True)
class Done:
    """What was done just now; `undo`: the address that takes it back, as long as that is open."""

    words: str
    until: str = ""
    undo: str = ""


@dataclass(frozen=True)
class ActLine:
    """One act in the list of what was done lately."""

    words: str
    names: str
    at: str
    by: str
    until: str
    undo: str
    undone: str


def act_words(kind: str) -> str:
    """Kind of act → what was done."""
    return {
        "edit": _("なおしました"), "approve": _("提案を取り入れました"),
        "reject": _("提案を見送りました"), "assure": _("確認済にしました"), "create": _("新しく作りました"),
        "status": _("掲載の状態を変えました"), "cancel": _("中止の日を入れました"), "undo": _("取り消しました"),
        "restore": _("前の内容にもどしました"), "merge": _("1つにまとめました"), "unmerge": _("まとめたものを分けました"),
        "import": _("取りこみました"), "split": _("ここだけの内容にしました"),
        "call": _("電話で確認済にしました"), "gap": _("足りないものから下書きを作りました"),
    }.get(kind, _("変えました"))


def done_act(engine: Engine, act_id: str, now: datetime) -> Done | None:
    """The act of this id as a notice; None where there is none."""
    if not UUID.fullmatch(act_id):
        return None
    with read_session(engine) as session:
        act = session.get(CurationAct, act_id)
        if act is None:
            return None
        names = _names(session, list(act.changes))
    words = _("「%(names)s」：%(words)s。", names=names, words=act_words(act.kind)) if names else _(
        "%(words)s。", words=act_words(act.kind))
    return Done(words, *_way_back(act, now))


def recent(engine: Engine, now: datetime, most: int = 8) -> list[ActLine]:
    """What was done since yesterday, the newest first."""
    with read_session(engine) as session:
        acts = session.scalars(
            select(CurationAct).where(CurationAct.made_at > now - UNDO_FOR)
            .order_by(CurationAct.made_at.desc(), CurationAct.revision.desc()).limit(most)).all()
        return [_line(act, _names(session, list(act.changes)) or _of_a_list(act), now) for act in acts]


def _of_a_list(act: CurationAct) -> str:
    """An import names the list it took in."""
    return act.why if act.kind == IMPORT else ""


def _line(act: CurationAct, names: str, now: datetime) -> ActLine:
    undone = _("%(by)sが取り消しました", by=act.undone_by or "") if act.undone_at else ""
    until, undo = _way_back(act, now)
    return ActLine(act_words(act.kind), names, moment(act.made_at), act.made_by, until, undo, undone)


def _way_back(act: CurationAct, now: datetime) -> tuple[str, str]:
    if act.undone_at or act.kind == "undo" or now - act.made_at > UNDO_FOR:
        return "", ""
    return moment(act.made_at + UNDO_FOR), url_for("curation.undo", act_id=act.id)


def _names(session: Session, ids: list[str]) -> str:
    if not ids:
        return ""
    rows = session.execute(
        select(ServiceAtLocation.name, Service.name).join(Service, ServiceAtLocation.service_id == Service.id)
        .where(ServiceAtLocation.id.in_(ids[:NAMES_SHOWN])).order_by(ServiceAtLocation.id)).all()
    shown = "、".join(own or name for own, name in rows)
    return _("%(names)s ほか%(count)s件", names=shown, count=len(ids) - NAMES_SHOWN) if len(ids) > NAMES_SHOWN else shown
