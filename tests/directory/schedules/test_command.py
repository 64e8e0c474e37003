"""Does the command read phrases from standard input and say clearly what it cannot do?"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def run(text: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "scripts.parse_schedules", *options]
    return subprocess.run(command, input=text, capture_output=True, cwd=ROOT, timeout=60, check=False)


def test_each_line_becomes_one_json_object_with_its_dates() -> None:
    phrases = "\ufeff第2火曜 10時～11時30分（祝日の場合は翌日）\n月～金\\n8:30～17:15\n\n隔週の金曜\n".encode()
    done = run(phrases, "--json", "--from", "2026-09-01", "--to", "2026-09-30")
    first, broken, empty, asked = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert first["phrase"] == "第2火曜 10時～11時30分（祝日の場合は翌日）"
    assert first["rules"][0]["rrule"] == "FREQ=MONTHLY;BYDAY=+2TU"
    assert first["times"] == ["10:00～11:30"]
    assert first["dates"] == [
        {"date": "2026-09-08", "start": "10:00", "end": "11:30", "certain": True, "note": "", "cancelled": False}
    ]
    assert broken["phrase"] == "月～金\n8:30～17:15" and len(broken["dates"]) == 22
    assert (empty["state"], empty["dates"]) == ("not_a_schedule", [])
    assert asked["state"] == "needs_review" and asked["question"]


def test_a_table_for_people_without_json() -> None:
    done = run("第2日曜 9時～（雨天中止）\n".encode(), "--from", "2026-09-01", "--to", "2026-10-31")
    assert done.stdout.decode().splitlines() == [
        "第2日曜 9時～（雨天中止）",
        "  定期  第2日曜 9:00～",
        "  2026-09-13（予定） 2026-10-11（予定）",
        "  お知らせ  雨天中止",
    ]


def test_bytes_that_are_no_utf8_are_answered_too() -> None:
    done = run(b"\xff\xfe\x90\x85\n", "--json", "--from", "2026-09-01", "--to", "2026-09-02")
    assert (done.returncode, json.loads(done.stdout)["state"]) == (0, "not_a_schedule")


def test_wrong_dates_are_refused_in_a_clear_sentence() -> None:
    for options, words in (
        (["--from", "きのう"], "--from の「きのう」は日付として読めません"),
        (["--to", "2026-13-01"], "--to の「2026-13-01」は日付として読めません"),
        (["--from", "2026-09-02", "--to", "2026-09-01"], "より前の日"),
        (["--from", "0001-01-01", "--to", "9999-12-31"], "期間が長すぎます"),
    ):
        done = run("毎日\n".encode(), *options)
        assert (done.returncode, done.stdout) == (2, b"")
        assert words in done.stderr.decode()


def test_the_last_day_of_the_calendar_is_a_day_too() -> None:
    done = run("毎日\n".encode(), "--json", "--from", "9999-12-31")
    assert [row["date"] for row in json.loads(done.stdout)["dates"]] == ["9999-12-31"]
