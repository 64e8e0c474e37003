"""Which words make up a schedule phrase? One row a word form: kind, pattern over folded text, value.

A new word is a new row. Rows are tried from top to bottom at each position; single-kanji weekdays are tokens.py's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from directory.schedules.numerals import clock, first, frequency, full_date, hour, ordinals, pair

NUMBER = r"(?:\d{1,2}(?!\d)|[一二三四五六七八九十]{1,3})"
NTH = r"(?:[1-9一二三四五六七八九](?!\d))"
JOIN = r"\s?(?:[・、,.&/~\-]|と|及び|および)\s?"
ERA = "令和|平成|令|平|R|r|H|h"


class Row(NamedTuple):
    """A word form: its kind, how it is written, and its value (or how to get it from the match)."""

    kind: str
    pattern: str
    value: Callable[[re.Match[str]], Any] | Any = None


LIST_TO_MONTH = r"(?=(?:\s?[~・、,\-]\s?\d{1,2}){0,11}\s?[~・、,\-]\s?\d{1,2}\s?月(?!\d|曜))"
LIST_TO_DAY = r"(?=(?:\s?[~・、,\-]\s?\d{1,2}){0,30}\s?[~・、,\-]\s?\d{1,2}日(?![前間]))"
RANGE_TO_TIME = r"(?=\s?[~\-]\s?(?:午後|翌)?\s?\d{1,2}\s?[時:])"
ORDINALS = rf"(?:第\s?{NTH}|最終|最後|最初)(?:{JOIN}(?:第?\s?{NTH}|最終))*"

ROWS: tuple[Row, ...] = (
    # -- borders
    Row("stop", r"\n|\(改行\)|<br ?/?>|[。;※|\u2028\u2029]|・(?=開催日)"),
    Row("space", r"[ ]+"),
    Row(
        "mark",
        r"[①-⑳]\s?[::]?|\([1-9]\)|第?[1-9]部(?!制)\s?[::]?|【(?:午前|午後|夜間)】|(?:午前|午後|昼|夜|夜間)の部\s?[::]?",
    ),
    # -- dates and months
    Row("date", rf"()({ERA})\s?(元|\d{{1,2}})年\s?(\d{{1,2}})月\s?(\d{{1,2}})日", full_date),
    Row("date", r"()()?(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日", full_date),
    Row("date", r"()()?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", full_date),
    Row("date", rf"()({ERA})\s?(\d{{1,2}})[./](\d{{1,2}})[./](\d{{1,2}})(?!\d)", full_date),
    Row("next_year", r"翌年の?|翌(?=\s?\d{1,2}\s?[月/])"),
    Row("monthday", rf"({NUMBER})\s?月\s?({NUMBER})\s?日", pair),
    Row("monthday", rf"({NUMBER})\s?月\s?(\d{{1,2}}){LIST_TO_DAY}", pair),
    Row("monthday", r"(\d{1,2})/(\d{1,2})(?![\d/])", pair),
    Row("monthday", r"元[日旦]", (1, 1)),
    Row("monthday", r"大晦日|大みそか", (12, 31)),
    Row("new_year_days", r"(?:お?正月)?(?:の)?三が?[がケヶ]?日"),
    Row(
        "vague",
        r"(?:\d{1,2}月)?の?[上中下]旬|\d{4}年(?:度)?|(?:令和|平成|R|H)\s?(?:元|\d{1,2})年度?|今月|来月|今週|来週|次回|翌月",
    ),
    Row("parity", r"奇数月", (1, 3, 5, 7, 9, 11)),
    Row("parity", r"偶数月", (2, 4, 6, 8, 10, 12)),
    Row("ordinals", rf"{ORDINALS}\s?の?(?=\s?\(?[月火水木金土日](?!程)|\s?を?除く|\s?\)|は)", ordinals),
    Row("nth_week", rf"{ORDINALS}\s?週目?|(?:{NTH}{JOIN})*{NTH}週目?(?!間)(?=の|\s|、|。|は|$)", ordinals),
    Row("month", rf"({NUMBER})\s?月(?!曜)", first),
    Row("month", rf"(\d{{1,2}}){LIST_TO_MONTH}", first),
    Row("season_name", r"(?:夏|冬|春|秋)[季期場]"),
    # -- how often
    Row("interval", rf"隔[週月日年](?:の|に)?|{NUMBER}週間?\s?(?:に|ごとに?|おきに?|毎に?)\s?(?:{NUMBER}[回度])?"),
    Row(
        "interval",
        rf"{NUMBER}\s?[かヶケカヵ箇]月\s?(?:に|ごとに?|おきに?)\s?(?:{NUMBER}[回度])?|{NUMBER}日(?:おき|ごと)に?",
    ),
    Row("interval", r"奇数週|偶数週|奇数日|偶数日|週末|週明け"),
    Row(
        "frequency",
        rf"(毎年|毎月|毎週|年|月|週|1[かヶケカヵ]月)間?\s?に?\s?({NUMBER}|数)(?:\s?[~、,\-]\s?({NUMBER}))?\s?[回度]"
        r"\s?(程度|くらい|ぐらい|ほど|以上|前後|まで)?",
        frequency,
    ),
    Row("frequency", r"各\s?[1一]回", ("月", None)),
    Row("everyday", r"毎日|年中無休|無休|365日|連日|毎(?=[朝晩夕])"),
    Row("every", r"毎週の?|毎月の?|各月の?|各週の?|毎年の?|月の(?=第|最終)"),
    # -- days
    Row("month_end", r"月末日?|末日"),
    Row(
        "ending_day",
        r"\d(?:[・、と]\s?\d)*の(?:つ|付)く日",
        lambda match: {int(digit) for digit in re.findall(r"\d", match.group())},
    ),
    Row("day", rf"({NUMBER})日(?![前間以中])", first),
    Row("day", rf"(\d{{1,2}}){LIST_TO_DAY}", first),
    Row("day", r"(\d{1,2})(?=\s?\([月火水木金土日][曜・)])", first),
    Row("not_holiday", r"祝日以外の"),
    Row("weekdays", r"平日"),
    Row(
        "holiday",
        r"国民の祝日に関する法律に規定する休日|国民の(?:祝日|休日)|祝日法による休日|祝日|祝祭日|祭日|祝休日|振替休日",
    ),
    Row("holiday", r"祝(?=[)、,・\s。はも除休以/\d]|の(?:場合|とき|時)|に(?:あた|当た|重な)|$)"),
    Row("off_day", r"休日"),
    Row(
        "undated",
        r"年末年始(?:期間)?|年末・年始|お?盆(?:期間)?|お?正月|GW|ゴールデン・?ウ[イィ]ーク|(?:大型)?連休|シルバーウ[イィ]ーク",
    ),
    Row("undated", r"(?:夏[季期]|冬[季期]|年末年始|お盆)休(?:業|暇)"),
    Row("following", r"の?(?:と\s?)?(?:その)?直後の"),
    # -- times
    Row("all_hours", r"24時間(?!以内|前|後|以上)(?:いつでも|営業|対応|体制)?"),
    Row("next_day_time", r"翌(?:日の?|朝)?(?=\s?(?:午前)?\s?\d{1,2}\s?[:時])"),
    Row("time", r"(\d{1,2})\s?:\s?(\d{2})(?::\d{2})?(?!\d)", clock),
    Row("time", rf"({NUMBER})\s?時(?![間刻期点預保的])(?:\s?(半)|\s?({NUMBER})\s?分)?", hour),
    Row("time", rf"(\d{{1,2}}){RANGE_TO_TIME}", lambda match: int(match.group(1)) * 60),
    Row("time", r"正午", 720),
    Row("noonish", r"お?昼(?:頃|ごろ)", 720),
    Row("part", r"午前中", "午前"),
    Row("meridiem", r"午前|AM|am|A\.M\.", "午前"),
    Row("meridiem", r"午後|PM|pm|P\.M\.", "午後"),
    Row("day_part", r"早朝|日中|夕方|深夜|夜間|朝|昼間?|夕|夜|晩", lambda match: match.group()),
    Row("time_unknown", r"時[刻間]は?未定"),
    Row("about", r"頃|ごろ|ころ(?!ん)|前後"),
    Row("suspended", r"終了(?=\))"),
    Row("begins", r"(?:に)?(?:出発|集合|開始|スタート)"),
    Row("ends", r"(?:に)?(?:帰着|解散(?=[)、。\s]|$)|終了(?=[)、。\s]|$))"),
    # -- what happens then
    Row("move", r"(?:その)?(?:翌|次の|直後の)平日", "next_weekday"),
    Row("move", r"(?:その)?(?:前の|直前の)平日", "previous_weekday"),
    Row("move", r"(?:その)?翌々日|翌開館日|翌営業日|翌開所日|翌月曜|次の開館日", "other"),
    Row("move", r"(?:その)?(?:翌日|次の日)(?!時)", "next_day"),
    Row("move", r"(?:その)?前日", "previous_day"),
    Row("move", r"翌週|次週|次の週", "next_week"),
    Row("move", r"前週|前の週", "previous_week"),
    Row(
        "case",
        r"(?:(?:に|と)(?:あたる|当たる|当る|重なる|重なった|なる|なった|該当する)|の)\s?(?:場合|とき|時)に?は?|の日は|なら(?:ば)?",
    ),
    Row("varies", r"(?:だ|です)?が?\s?変動(?:あり|します|する)?|変更が?(?:あり|有り?)"),
    Row(
        "moves",
        r"\s?(?:に|へ|が)?\s?(?:順延|延期|振替|振り替え|変更|移動|ずらします|ずらす)(?:します|となります|いたします|になります)?|\s?[にへ](?:開催|実施)(?:します|いたします)?",
    ),
    Row("except", r"を?\s?(?:除[くきい](?:ます|て|た)?|のぞ[くきい]て?)|以外(?:の日)?"),
    # -- states
    Row("withheld", r"非公[開表]"),
    Row(
        "suspended",
        r"(?:現在|当面(?:の間)?|しばらく(?:の間)?|いま|今)は?、?\s?(?:お休み|休み|休止|中止|休業|休会)中?(?:して[いお]り?ます|です)?",
    ),
    Row(
        "suspended",
        r"(?:活動|開催|事業)?(?:休止|休業|休会|中断|中止|閉所|閉鎖|お休み)(?:中|して[いお]り?ます)|活動(?:休止|終了)|終了しました",
    ),
    Row(
        "suspended",
        r"(?:開催|実施|営業|活動)して[いお]り?ません|見合わせ(?:て[いお]り?ます|中)|解散(?:のため)?|廃止|閉所(?!日)|閉鎖|閉店",
    ),
    Row("irregular", r"不定期(?:にて|に|で)?の?(?:開催|実施|営業)?"),
    Row("irregular", r"不定休|随時(?!受|募)"),
    Row(
        "ask",
        r"(?:詳し[いく]?[^\d月火水木金土日曜、。]{0,6}は|詳細は|日[程時]は)?(?:直接|電話(?:で|にて))?\s?[要お]?(?:ご)?問い?合わ?せ(?:ください|下さい)?",
    ),
    Row("ask", r"応相談|要相談|要問合"),
    # -- open and closed
    Row("closed", r"(?:開催|実施|営業|活動)は?(?:なし|無し|ありません|しません|お?休み)"),
    Row(
        "closed",
        r"(?:終日)?利用不可|お?休み(?:です|とします|になります|します|となります|とする)?|お?やすみ|開催しません|行いません|ありません",
    ),
    Row("closed", r"(?:定休|休館|休業|休園|休所|休診|休室|店休|閉館|閉園|閉所|休み)日(?:です|とします|とする)?", "day"),
    Row(
        "closed",
        r"定休|休館|休業|休園|休所|休診|休室|閉館|閉園|運休|休会|休止|中止|なし|無し|不可|休(?=[\s、,。・)(\]】/※;]|$)",
    ),
    Row("reason", r"(?:積?雪|猛?暑さ?|工事|行事|法要|お?祭り?|収穫)[^\d、。()]{0,4}のため"),
    Row(
        "open",
        r"(?:通常(?:どおり|通り)に?)?(?:開館|営業|開催|実施|開所|開設|開園|運行)(?:します|いたします|しています|です|し、?)?(?![日時])",
    ),
    Row(
        "open",
        r"利用可能?|開[きけ]ます|行います|やります|来ます|あります|あり|を?\s?含(?:む|みます|め)|可(?=[\s、,。)]|$)",
    ),
    # -- hedges
    Row("hedge", r"原則(?:として)?(?:は)?|基本(?:的に)?は?|概ね|おおむね|おおよそ|だいたい|おもに|主に"),
    Row("or", r"または|又は|もしくは|若しくは|あるいは|或いは|いずれか|どちらか|か(?=[月火水木金土日第]曜?)"),
    Row("other", r"その他|ほか|他|など|等"),
    Row("only", r"のみ|だけ|に限[るり]|限定"),
    Row("but", r"ただし、?|但し、?|なお、?"),
    Row("condition", r"登校日(?=の|のみ|だけ)"),
    # -- names of fields
    Row("reception", r"受付(?:時間)?[::]?"),
    Row("label", r"(?:開館|開所|開園|開室|営業|開店|利用可能|利用|開設|窓口|開催|活動|実施)時間帯?\s?[::]?"),
    Row(
        "label",
        r"(?:開館|開所|開園|開設|開室|営業|活動|開催|実施|利用可能|利用|開店)(?:日時|日程|曜日|日)(?!開催)\s?[::]?",
    ),
    Row(
        "label",
        r"(?:日時|曜日|開催|活動|営業)\s?:|時間\s?:?(?=\s?(?:午|\d))|日時|曜日(?=[\s・は:])|時間帯|定例会|例会|集まり|集い",
    ),
    # -- joints
    Row(
        "particle",
        r"と(?:なります|なっております|なっています|する|します|いたします)|に(?:なります|なっております|なっています)|です|である|迄",
    ),
    Row("until", r"\s?まで(?:の間)?"),
    Row("range", r"[~\-]|ー(?=\s?(?:\d|午|[月火水木金土日]))|から|より"),
    Row("list", r"[、,・/&+]|と|や|及び|および|並びに|ならびに|かつ"),
    Row("colon", r":"),
    Row("open_paren", r"[(\[【「]"),
    Row("close_paren", r"[)\]】」]"),
    Row("each", r"各(?:日|回)?"),
    Row("topic", r"には|では|は"),
    Row("particle", r"の間に?|[のがにをもで]"),
)
