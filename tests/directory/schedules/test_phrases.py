"""Is every labelled phrase read as a careful person reads it? Exactly, or not at all."""

import pytest

from directory.schedules import occurrences, parse
from tests.directory.schedules.labels import FIRST, LAST, Label, load

OF_MUNICIPALITIES, FURTHER = load("phrases.yml"), load("further_phrases.yml") + load("third_phrases.yml")


@pytest.mark.parametrize("label", OF_MUNICIPALITIES + FURTHER, ids=lambda label: label.phrase[:40] or "empty")
def test_a_phrase_means_what_its_label_says(label: Label) -> None:
    assert label.difference(parse(label.phrase)) == ""


def test_what_is_not_regular_gives_no_dates_and_what_needs_review_asks() -> None:
    for label in OF_MUNICIPALITIES + FURTHER:
        schedule = parse(label.phrase)
        if schedule.state != "regular":
            assert occurrences(schedule, FIRST, LAST) == [], label.phrase
        assert bool(schedule.question) == (schedule.state == "needs_review"), label.phrase


def test_the_table_holds_every_kind_of_phrase() -> None:
    assert len(OF_MUNICIPALITIES) >= 136 and len(FURTHER) >= 150
    assert {label.state for label in OF_MUNICIPALITIES + FURTHER} == {
        "regular",
        "irregular",
        "ask",
        "suspended",
        "withheld",
        "needs_review",
        "not_a_schedule",
    }
