"""What would one small change of an answer open? Every change on offer is tried; how many places it adds is exact."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from matcher.ranking.criteria.required import CAN_DO_WITHOUT
from web.i18n import gettext as _
from web.presenters.for_me.answers import Answers
from web.presenters.for_me.cares import REQUIRED, Care
from web.presenters.for_me.profile import USUAL_MINUTES
from web.presenters.for_me.questions import MINUTES, YEN

SHOWN = 4
# Places open with these answers
Places = frozenset[str]
Wording = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """`value`: what the button sends, see `answers.changed`; `added` places it opens beyond those open now."""

    value: str
    words: str
    added: int


def changes(answers: Answers, ticked: list[Care], opened: Callable[[str], Places]) -> tuple[Change, ...]:
    """The changes that open something, in the order of the questions. `opened("")` is without any change.

    What has to do with body and safety (車いす, 手話 …) is never offered to be given up.
    """
    now = opened("")
    found = []
    for steps in (_minutes(answers), _ferry(answers), _days(answers), _parts(answers), *_cares(ticked), _cost(answers)):
        # The least step that opens anything
        for value, words in steps:
            added = len(opened(value) - now)
            if added:
                found.append(Change(value, words, added))
                break
    return tuple(found[:SHOWN])


def _minutes(answers: Answers) -> Iterator[Wording]:
    if answers.many("by") and answers.one("town"):
        limit = int(answers.one("minutes") or USUAL_MINUTES)
        for minutes in MINUTES:
            if minutes > limit:
                yield f"minutes={minutes}", _("%(minutes)s分くらいまで行けるなら", minutes=minutes)


def _ferry(answers: Answers) -> Iterator[Wording]:
    if answers.one("town") and not answers.has("ferry"):
        yield "ferry=yes", _("船に乗ってもよければ")


def _days(answers: Answers) -> Iterator[Wording]:
    if answers.many("day"):
        yield "day=", _("ほかの曜日でもよければ")


def _parts(answers: Answers) -> Iterator[Wording]:
    if answers.many("part"):
        yield "part=", _("ほかの時間でもよければ")


def _cares(ticked: list[Care]) -> Iterator[Iterator[Wording]]:
    for care in ticked:
        if care.means == REQUIRED and care.key in CAN_DO_WITHOUT:
            yield iter([(f"care=-{care.value}", _("「%(care)s」をやめてもよければ", care=care.label))])


def _cost(answers: Answers) -> Iterator[Wording]:
    if answers.one("cost"):
        for yen in YEN:
            if yen > int(answers.one("cost")):
                yield f"cost={yen}", _("一回%(yen)s円くらいまで払えるなら", yen=f"{yen:,}")
        yield "cost=", _("お金のことを別に考えるなら")
