"""Does a schedule survive being said and being stored?"""

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from directory.schedules import Days, Rule, Schedule, TimeSpan, parse, sentence
from tests.directory.schedules.labels import load
from tests.directory.schedules.strategies import schedules


@settings(max_examples=250, deadline=None)
@given(schedules())
def test_the_normal_form_parses_back_to_exactly_the_same_rules(schedule: Schedule) -> None:
    said = sentence(schedule)
    again = parse(said)
    assert (again.state, again.question) == ("regular", None), said
    assert again.rules == schedule.rules, said
    assert again.closures == schedule.closures, said
    assert again.holidays == schedule.holidays, said
    assert again.sentence == said


def test_the_normal_form_of_every_labelled_phrase_parses_back() -> None:
    for label in load("phrases.yml") + load("further_phrases.yml") + load("third_phrases.yml"):
        schedule = parse(label.phrase)
        if schedule.state == "regular":
            again = parse(schedule.sentence)
            assert (again.rules, again.closures, again.holidays) == (
                schedule.rules,
                schedule.closures,
                schedule.holidays,
            ), f"{label.phrase} → {schedule.sentence} → {again.sentence or again.question}"


@settings(max_examples=80, deadline=None)
@given(schedules(), st.text(), st.lists(st.text(), max_size=2))
@example(Schedule("", "regular", (Rule(Days(), (TimeSpan(0, 1440),)),)), "", [])
def test_json_round_trips_and_is_canonical(schedule: Schedule, phrase: str, notices: list[str]) -> None:
    schedule = replace(schedule, phrase=phrase, notices=tuple(notices))
    stored = schedule.to_json()
    assert Schedule.from_json(stored) == schedule
    assert Schedule.from_json(stored).to_json() == stored
