"""What of a phrase is no date and no time? Words that change nothing, and exceptions that no rule can date."""

from __future__ import annotations

import re

from directory.schedules.cursor import Cursor
from directory.schedules.items import Item, Notice, Remark, StateSaid

# A remark may not speak of closing, moving or 祝日: those change dates.
CHANGES = re.compile(
    r"あれば|なければ|いれば|ある日|休[みむ業館園止日]?|除|中止|祝|変更|変わ|延期|順延|隔週|不定|(?<![方者])のみ|以外|まで営業|年末|正月|盆"
)
# Words with which a clause changes no date, whatever else it says.
REMARKS = tuple(
    re.compile(pattern)
    for pattern in (
        r"予約|申し?込|注文|締切|定員|先着|\d人|\d名|参加費|会費|利用料|\d円|無料|対象|小学生|中学生|高校生|高齢者|どなたでも",
        r"途中参加|出入り自由|見学|持ち物|持参|登録した方|登録制|登録者|画面で|オンライン|駐車",
        r"会場|場所[はが]|にて$|回り持ち|集会所|公民館|市民センター|いつでも|時間外|急ぐ方",
        r"要電話|お?電話(?:で|に|を|くだ|下)|前の週の|日前までに|1回\d+分|うち.{0,8}時間|^受付|1回当たり",
        r"土日[はも]?(?:応)?相談|[0-9一二三]部制|終了後|後に|最終(?:受付|入館|入場|受け付け)|間で.{0,6}時間|入場|ラストオーダー|L\.?O\.?|休憩",
        r"[がで]実施|を活用|一時預かり|預かり保育",
    )
)
# These keep the date although they name the weather or closing.
STEADY = re.compile(
    r"小雨決行|雨天決行|雨天でも.{0,12}|雨天も.{0,8}|雨天は室内.{0,6}|雨の日は(?:館内|室内|屋内).{0,12}|なくなり次第.{0,8}|"
    r"開催日(?:時|開催時間)?以外は[^、。]{0,30}|通常の?営業です|学校の(?:長い)?休みの間も[^、。]{0,12}"
)
# What no rule can date: weather, sea, temple and fields, school days, dates told elsewhere.
UNDATABLE = re.compile(
    r"(?:少|小|大)?雨|雪|積雪|晴れ|荒天|悪天|天候|天気|強風|[大暴]?風|波|潮|しけ|シケ|台風|警報|注意報|猛暑|酷暑|高温|熱中症|凍結|路面|欠航|船が|災害|"
    r"友引|大安|仏滅|法事|葬|法要|行事|農繁|農作業|田植|稲刈|収穫|漁|登校日|学校|学期|夏休み|冬休み|春休み|春・夏|長期休|(?:定期)?試験|テスト期間|"
    r"回覧|会報|広報|お?知らせ|掲示|貼り?紙|チラシ|連絡|ホームページ|HP|SNS|カレンダー|予定表|シフト|稼働|都合|事情|臨時|満館|休刊日|不定休|先生|店主|診療|満たない|集まらな"
)
DEPENDS = re.compile(
    r"あれば|なければ|いれば|ある日|決定|決ま|決め|による|により|しだい|次第|応じ|確認|相談|変わ|変更|場合があ|場合もあ|ことがあ|ことあ|ことも"
)
TROUBLE = re.compile(r"[休止変更延除替替未臨]|ません|ない|なし|以外|のみ|だけ|隔|第|毎|旧暦|巳の日|曜|満月|新月")
# Free words with one of these may tell when, in a way the reader does not know (第2・第4, 3か月ごと, 夏だけ).
SAYS_WHEN = re.compile(
    r"[\d①-⑳第毎隔週曜祝期季春夏秋冬年]|[月火水木金土](?:[ー~・、\-]|$)|^[月火水木金土日]|上旬|中旬|下旬|のみ|だけ|以外|旧暦"
)
# 電話での問い合わせは、平日14時～: the sentence goes on, and what it says of the days is not known.
UNFINISHED = re.compile(r"[はのがをにへもと]$|について$|につき$|応じて$|[^に]より$")
# A short name after the times (玖島, 食材配布) tells where or what, not when.
NAME = re.compile(r"[一-鿿々〆ァ-ヿーA-Za-z・と]{1,12}")
# Kinds of token that a free sentence may hold without speaking of days or times.
FREE = frozenset(
    {"text", "particle", "topic", "list", "space", "about", "day_part", "each", "begins", "ends", "open", "label"}
)
LOOSE = FREE | {
    "time",
    "range",
    "until",
    "closed",
    "moves",
    "or",
    "case",
    "meridiem",
    "noonish",
    "move",
    "only",
    "part",
    "ask",
    "irregular",
    "next_day_time",
    "reception",
    "hedge",
    "but",
    "off_day",
    "condition",
    "colon",
    "except",
    "every",
    "everyday",
    "other",
    "varies",
}
# After a condition that no rule can date, the day it moves to (雨天は第2水曜に順延) can be quoted too.
POSTPONED = LOOSE | {"weekday", "ordinals", "following", "interval"}
# 令和8年3月で終了しました.
ENDED = (FREE - {"topic"}) | {"suspended", "vague", "month", "monthday", "date", "day", "until"}
# 申込みは前の週の金曜まで: a deadline may name a weekday that opens nothing.
DEADLINE = re.compile(r"(?:予約|申し?込み?|注文|締切|受付)[はの]|.{0,8}まで")
DEADLINES = frozenset({"weekday", "month", "monthday", "day", "weekdays"})
REMARKED = LOOSE | {"vague", "mark"}
# 第1水曜は窓ふきの日, 1・2月は座学: something else on some days, which only the words can tell.
SOMETHING_ELSE = re.compile(r"(?P<what>[^はに]{1,20})は(?P<rest>.+)")
SOME_DAYS = FREE | {"other", "month", "parity", "season_name", "ordinals", "weekday", "range", "weekdays", "only"}
OWN_TIMES = FREE | {"time", "range", "until", "begins", "meridiem"}
BORDERS = frozenset({"stop", "close_paren", "end"})


def read_aside(cursor: Cursor, *, at_border: bool) -> tuple[Item, ...] | None:
    """The clause that begins here as a remark or notice; None if it may speak of dates."""
    for ends in (("、", " ", "("), ("、", " "), ("、", "("), ("、",), ()):
        start = cursor.position
        item = _clause(cursor, ends, at_border=at_border)
        if item is not None:
            return (item,)
        cursor.position = start
    return None


def _clause(cursor: Cursor, ends: tuple[str, ...], *, at_border: bool) -> Item | None:
    first = cursor.peek()
    kinds: set[str] = set()
    depth, last = 0, first
    while not cursor.at_end():
        token = cursor.peek()
        if depth == 0 and token is not first and (token.kind in BORDERS or cursor.text(token) in ends):
            break
        if " " in ends and token is not first and token.start > last.end:
            break
        depth += (token.kind == "open_paren") - (token.kind == "close_paren")
        kinds.add(token.kind)
        last = token
        cursor.position = cursor.tokens.index(token, cursor.position) + 1
    if last is first and first.kind in BORDERS:
        return None
    text = cursor.folded.text[first.start : last.end].strip()
    words = cursor.folded.verbatim(first.start, last.end).strip()
    return classify(text, words, kinds, at_border=at_border)


def is_known_remark(words: str) -> bool:
    """Is this one of the remarks of the table, and not just a name?"""
    return bool(STEADY.fullmatch(words)) or any(remark.search(words) for remark in REMARKS)


def classify(text: str, words: str, kinds: set[str], *, at_border: bool) -> Item | None:
    """Is this clause a remark, a notice, or (None) something that must be read?"""
    if UNFINISHED.search(text):
        return None
    if "suspended" in kinds and (kinds <= FREE | {"suspended"} or kinds <= ENDED):
        return StateSaid("suspended", words)
    if STEADY.fullmatch(text):
        return Remark(words, attached=True)
    allowed = REMARKED | DEADLINES if DEADLINE.match(text) else REMARKED
    if is_known_remark(text) and not CHANGES.search(text) and kinds <= allowed:
        return Remark(words)
    undatable = UNDATABLE.search(text)
    if undatable and kinds <= LOOSE | {"frequency"} and (at_border or undatable.start() == 0):
        return Notice(words)
    if undatable and undatable.start() == 0 and kinds <= POSTPONED and "closed" not in kinds:
        return Notice(words)
    if "holiday" in kinds and kinds <= LOOSE | {"holiday"} and DEPENDS.search(text):
        return Notice(words)
    if at_border and DEPENDS.search(text) and kinds <= LOOSE - {"time", "varies"}:
        return Notice(words)
    if at_border and _is_something_else(text, kinds):
        return Notice(words)
    if at_border and re.fullmatch(r"[春夏秋冬・]{1,4}", text):
        return Notice(words)
    if at_border and kinds <= FREE and not SAYS_WHEN.search(text):
        return Remark(words) if NAME.fullmatch(text) and not TROUBLE.search(text) else Notice(words)
    return None


def _is_something_else(text: str, kinds: set[str]) -> bool:
    """Some days or times belong to something that the words name: 第1水曜は窓ふきの日, 調理は8時半から."""
    match = SOMETHING_ELSE.fullmatch(text)
    if match is None or re.search(r"[休止変更延除替臨別異違]|ません|ない|なし|隔|不定", match["rest"]):
        return False
    if "第" in match["what"] and "ordinals" not in kinds:
        return False
    own_times = "time" in kinds and kinds <= OWN_TIMES and not SAYS_WHEN.search(match["what"])
    return own_times or ("time" not in kinds and kinds <= SOME_DAYS and not re.search(r"[第毎曜]", match["rest"]))
