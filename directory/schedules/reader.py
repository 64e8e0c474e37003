"""In which order is a phrase read? Statement after statement; what none of the grammars reads is asked, not skipped."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from directory.schedules.asides import read_aside
from directory.schedules.cursor import Cursor
from directory.schedules.grammar.closing import read_closed
from directory.schedules.grammar.dates import read_season
from directory.schedules.grammar.days import read_days
from directory.schedules.grammar.holidays import read_holiday
from directory.schedules.grammar.times import read_times
from directory.schedules.items import Item, Notice, Often, Question, SeasonSaid, StateSaid, TimesSaid
from directory.schedules.unclear import Unclear

Rule = Callable[[Cursor], "tuple[Item, ...] | None"]
STATE_WORDS = ("withheld", "suspended", "irregular", "ask")
# Kinds that only join or frame statements.
JOINTS = (
    "list",
    "stop",
    "space",
    "open_paren",
    "close_paren",
    "colon",
    "but",
    "mark",
    "particle",
    "topic",
    "each",
    "label",
    "open",
)
# Where a clause can begin. ・, と and 及び join what belongs together.
BORDERS = ("stop", "space", "open_paren", "close_paren", "colon", "but", "mark")
COMMAS = ("、", ",", "/")
# Right after these a clause may go on with words (10時～12時雨天中止); after days, words say something of those days.
TIME_ENDS = ("time", "range", "until", "about", "part", "noonish", "all_hours", "closed", "ends", "begins")
# What asks to be asked: kind → question.
ASKED = {
    "interval": "いつを起点に数えますか。次の開催日を一つ教えてください。",
    "or": "どちらの日ですか。",
    "other": "ほかにどの日がありますか。",
    "varies": "変わるのはどんなときですか。",
    "vague": "何日から何日までですか。",
    "undated": "何月何日から何月何日までですか。",
    "nth_week": "第何曜日ですか。",
}


class Statement(NamedTuple):
    """An item and whether it stands aside: in brackets, after ※ or ただし."""

    item: Item
    aside: bool


def read(cursor: Cursor) -> list[Statement]:
    """All statements of the phrase in order; an unread rest is a Question among them."""
    return _Reading(cursor).statements()


class _Reading:
    """One pass over a phrase: the position, the borders passed, the statements read."""

    def __init__(self, cursor: Cursor) -> None:
        self.cursor = cursor
        self.found: list[tuple[int, Statement]] = []
        self.borders = [0]
        self.depth = 0
        self.said_aside = False

    def statements(self) -> list[Statement]:
        """Read until the end."""
        while not self.cursor.at_end():
            before = self.cursor.position
            if not self._joint() and not self._statement():
                self._fall_back()
            assert self.cursor.position > before or self.cursor.at_end()
        return [statement for _, statement in self.found]

    def _joint(self) -> bool:
        token = self.cursor.take(*JOINTS)
        if token is None:
            return False
        if token.kind == "but" and not self.found and self.depth == 0:
            self._add(token.start, (Question("「ただし」の前の文がありません。ふだんはいつ開いていますか。"),))
        self.depth = max(0, self.depth + (token.kind == "open_paren") - (token.kind == "close_paren"))
        self.said_aside = (
            token.kind == "but"
            or self.cursor.text(token) == "※"
            or (self.said_aside and token.kind not in ("stop", "close_paren"))
        )
        if token.kind in BORDERS or self.cursor.text(token) in COMMAS:
            self.borders.append(self.cursor.position)
        return True

    def _statement(self) -> bool:
        start = self.cursor.position
        before = self.cursor.tokens[start - 1].kind if start else "space"
        if before == "space" or self.cursor.tokens[start].kind == "space":
            self.borders.append(start)
        for rule in RULES:
            try:
                items = self.cursor.attempt(rule)
            except Unclear as unclear:
                self._ask(start, str(unclear))
                return True
            if items:
                self._add(start, items)
                return True
        return False

    def _add(self, start: int, items: tuple[Item, ...]) -> None:
        aside = self.depth > 0 or self.said_aside
        self.found += [(start, Statement(item, aside)) for item in items]

    def _fall_back(self) -> None:
        """Nothing reads on from here: try the clause as an aside, from here or from its beginning."""
        here = self.cursor.position
        borders = [border for border in dict.fromkeys(reversed(self.borders)) if border < here][:3]
        after_topic = here > 0 and self.cursor.tokens[here - 1].kind == "topic"
        for start in (*borders[:1], here, *borders[1:]) if after_topic else (here, *borders):
            if start == here and not self._may_go_on(here):
                continue
            self.cursor.position = start
            items = read_aside(self.cursor, at_border=start in self.borders)
            if items and self.cursor.position > here:
                self.found = [(begun, said) for begun, said in self.found if begun < start]
                self._add(start, items)
                return
        self.cursor.position = here
        token = self.cursor.peek()
        self._ask(here, ASKED.get(token.kind, ""))

    def _may_go_on(self, here: int) -> bool:
        """May words follow here without a border? Not when they are said of days: 土日は転送電話にて対応."""
        before = self.cursor.tokens[here - 1] if here else None
        if before is None or here in self.borders or before.kind in TIME_ENDS:
            return True
        return self.cursor.folded.text.startswith("うち", self.cursor.tokens[here].start)

    def _ask(self, start: int, question: str) -> None:
        """Ask, and go on after the clause, so that what else was understood can be told."""
        cursor = self.cursor
        cursor.position = start
        first = cursor.peek()
        last = first
        while not cursor.at_end() and (cursor.peek() is first or cursor.peek().kind not in ("stop", "close_paren")):
            last = cursor.peek()
            cursor.position = cursor.tokens.index(last, cursor.position) + 1
        words = cursor.folded.verbatim(first.start, last.end)
        self._add(start, (Question(f"「{words}」を読み取れませんでした。{question or 'いつのことですか。'}"),))


def _season(cursor: Cursor) -> tuple[Item, ...] | None:
    """9・10月は毎週, 夏季（4～10月）: what follows holds in that season."""
    season = read_season(cursor)
    if season is None:
        return None
    cursor.take("until")
    topic = cursor.take("topic", "only") is not None
    weekly = cursor.take("every") is not None
    return (SeasonSaid(season, topic, weekly),)


def _often(cursor: Cursor) -> tuple[Item, ...] | None:
    token = cursor.take("frequency")
    return (Often(*token.value),) if token else None


def _state(cursor: Cursor) -> tuple[Item, ...] | None:
    token = cursor.take(*STATE_WORDS)
    return (StateSaid(token.kind, cursor.folded.verbatim(token.start, token.end)),) if token else None


def _quoted(cursor: Cursor) -> tuple[Item, ...] | None:
    """原則, 登校日の: words that make every date 予定."""
    token = cursor.take("hedge", "condition")
    if token is None:
        return None
    only = cursor.take("only") if token.kind == "condition" else None
    return (Notice(cursor.folded.verbatim(token.start, (only or token).end), attached=True),)


def _time_unknown(cursor: Cursor) -> tuple[Item, ...] | None:
    """時刻未定: said, and so no gap."""
    return (TimesSaid(()),) if cursor.take("time_unknown") else None


RULES: tuple[Rule, ...] = (
    _state,
    read_closed,
    read_holiday,
    read_days,
    _season,
    _often,
    read_times,
    _time_unknown,
    _quoted,
)
