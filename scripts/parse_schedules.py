"""What does the schedule reader make of these phrases? One phrase a line on standard input (\\n inside is a line break).

echo '第2・4火曜 10時～（祝日の場合は翌日）' | python -m scripts.parse_schedules --from 2026-09-01 --to 2026-11-30
python -m scripts.parse_schedules --json < phrases.txt          one JSON object a line
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, BinaryIO

from directory.schedules import HORIZON_DAYS, Occurrence, Rule, Schedule, occurrences, parse
from directory.schedules.recurrence import rrule
from directory.schedules.sentences import days_text, time_text
from directory.schedules.storage import plain

LONGEST_TERM = 3660  # days; ten years of a daily opening are some 3,660 rows
SHOWN_DATES = 5
STATE_NAMES = {
    "regular": "定期",
    "irregular": "不定期",
    "ask": "要問合せ",
    "suspended": "休止中",
    "withheld": "非公開",
    "needs_review": "要確認",
    "not_a_schedule": "日時ではない",
}


def main(arguments: list[str] | None = None) -> int:
    """Read the phrases, print what they say; 2 if the command itself cannot be understood."""
    options = command_line().parse_args(arguments)
    try:
        first, last = term(options.first, options.last, date.today())
    except ValueError as error:
        print(f"parse_schedules: {error}", file=sys.stderr)
        return 2
    output = as_json if options.json else as_table
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for phrase in phrases(sys.stdin.buffer):
        print(output(parse(phrase), first, last))
    return 0


def command_line() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m scripts.parse_schedules", description="日時の文を読み取ります。")
    parser.add_argument("--json", action="store_true", help="1行に1つの JSON で出します")
    parser.add_argument("--from", dest="first", metavar="YYYY-MM-DD", help="この日から（省くと今日から）")
    parser.add_argument("--to", dest="last", metavar="YYYY-MM-DD", help="この日まで（省くと18か月先まで）")
    return parser


def term(first: str | None, last: str | None, today: date) -> tuple[date, date]:
    """The first and last day to show; ValueError says which option is wrong and how it is written."""
    begin = day("--from", first) if first is not None else today
    if last is not None:
        end = day("--to", last)
    else:
        end = date.fromordinal(min(begin.toordinal() + HORIZON_DAYS, date.max.toordinal()))
    if end < begin:
        raise ValueError(f"--to（{end}）が --from（{begin}）より前の日になっています。")
    if end - begin > timedelta(days=LONGEST_TERM):
        raise ValueError("期間が長すぎます。10年以内にしてください。")
    return begin, end


def day(option: str, text: str) -> date:
    """A date as 2026-04-01."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{option} の「{text}」は日付として読めません。2026-04-01 の形で書いてください。") from None


def phrases(stream: BinaryIO) -> Iterator[str]:
    """The phrases of a stream, one a line; bytes that are no UTF-8 become �."""
    for number, line in enumerate(stream):
        text = line.decode("utf-8-sig" if number == 0 else "utf-8", errors="replace")
        yield text.rstrip("\r\n").replace("\\n", "\n")


def as_json(schedule: Schedule, first: date, last: date) -> str:
    """One line of JSON."""
    return json.dumps(
        {
            "phrase": schedule.phrase,
            "state": schedule.state,
            "sentence": schedule.sentence,
            "rules": [rule_record(rule) for rule in schedule.rules],
            "times": list(dict.fromkeys(time_text(span) for rule in schedule.rules for span in rule.times)),
            "holidays": plain(schedule.holidays) or {"action": "ask"},
            "closures": [plain(closure) for closure in schedule.closures],
            "dates": [date_record(row) for row in occurrences(schedule, first, last)],
            "notices": list(schedule.notices),
            "remarks": list(schedule.remarks),
            "question": schedule.question,
        },
        ensure_ascii=False,
    )


def rule_record(rule: Rule) -> dict[str, Any]:
    """A rule in words, as RRULE where RFC 5545 can say it, and in its parts."""
    return {
        "days": days_text(rule.days),
        "rrule": rrule(rule.days),
        "parts": plain(rule.days),
        "times": [time_text(span) for span in rule.times],
        "without": [days_text(apart) for apart in rule.without],
    }


def date_record(row: Occurrence) -> dict[str, Any]:
    """One opening; an end at midnight is 24:00."""
    end = row.end and ("24:00" if row.start is not None and row.end.isoformat() == "00:00:00" else f"{row.end:%H:%M}")
    return {
        "date": row.date.isoformat(),
        "start": row.start and f"{row.start:%H:%M}",
        "end": end,
        "certain": row.certain,
        "note": row.note,
        "cancelled": row.cancelled,
    }


def as_table(schedule: Schedule, first: date, last: date) -> str:
    """A few lines for people."""
    lines = [schedule.phrase.replace("\n", " "), f"  {STATE_NAMES[schedule.state]}  {schedule.sentence}".rstrip()]
    rows = occurrences(schedule, first, last)
    shown = [f"{row.date:%Y-%m-%d}{'' if row.certain else '（予定）'}" for row in rows[:SHOWN_DATES]]
    if shown:
        lines.append(f"  {' '.join(shown)}{f' … 計{len(rows)}回' if len(rows) > SHOWN_DATES else ''}")
    lines += [f"  お知らせ  {notice}" for notice in schedule.notices]
    lines += [f"  {schedule.question}"] if schedule.question else []
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
