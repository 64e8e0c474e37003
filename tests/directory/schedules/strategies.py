"""Which schedules can there be? Hypothesis draws them in canonical form, all of which a sentence can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from directory.schedules import CalendarDay, Closure, Days, HolidayPolicy, Rule, Schedule, Span, TimeSpan
from directory.schedules.canonical import canonical_days, canonical_rules

weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
months = st.sets(st.integers(1, 12), min_size=1, max_size=11).map(lambda found: tuple(sorted(found)))
some_months = st.one_of(st.just(()), st.just(()), months)
ordinals = st.sets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3).map(
    lambda found: tuple(sorted(found, key=lambda number: number if number > 0 else 6))
)
monthdays = st.sets(st.sampled_from([*range(1, 32), -1]), min_size=1, max_size=4).map(
    lambda found: tuple(sorted(found, key=lambda day: day if day > 0 else 32))
)
dates = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def dated(first: date, last: date) -> Span:
    first, last = sorted((first, last))
    return Span(CalendarDay(first.month, first.day, first.year), CalendarDay(last.month, last.day, last.year))


terms = st.tuples(dates, dates).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: (dated(*pair),))
single_dates = st.lists(dates, min_size=1, max_size=3, unique=True).map(
    lambda found: tuple(dated(day, day) for day in sorted(found))
)

weekly = st.builds(Days, weekdays=weekdays, months=some_months)
daily = st.builds(Days, months=some_months)
nth = st.builds(Days, weekdays=st.integers(0, 6).map(lambda day: (day,)), ordinals=ordinals, months=some_months)
by_date = st.builds(Days, monthdays=monthdays, months=some_months)
following = st.builds(
    lambda base, weekday: Days(weekdays=(weekday,), after=base),
    st.builds(Days, weekdays=st.integers(0, 6).map(lambda day: (day,)), ordinals=st.sampled_from([(1,), (3,), (2, 4)])),
    st.integers(0, 6),
)
in_term = st.builds(Days, weekdays=weekdays, spans=terms)
working = st.builds(
    Days,
    weekdays=st.sets(st.integers(0, 4), min_size=1).map(lambda found: tuple(sorted(found))),
    holidays=st.just("left_out"),
    months=some_months,
)
silent_days = st.one_of(weekly, daily, nth, by_date, following, in_term)
holiday_days = st.one_of(
    st.builds(
        Days, weekdays=weekdays.filter(lambda found: len(found) < 7), holidays=st.just("added"), months=some_months
    ),
    st.builds(Days, holidays=st.just("only"), months=some_months),
    working,
    st.builds(Days, spans=single_dates),
)


@st.composite
def time_spans(draw) -> TimeSpan:
    if draw(st.integers(0, 9)) == 0:
        return TimeSpan(part=draw(st.sampled_from(["午前", "午後", "夕方", "夜", "早朝"])))
    start = draw(st.integers(0, 24 * 12 - 1)) * 5
    about = draw(st.booleans())
    latest = 30 * 60 if start >= 12 * 60 else 24 * 60
    end = draw(st.one_of(st.none(), st.integers(start // 5 + 1, latest // 5).map(lambda step: step * 5)))
    if end is not None and end - start > 24 * 60:
        end = None
    if (start, end) == (0, 24 * 60):
        return TimeSpan(0, 24 * 60)
    return TimeSpan(start, end, about, end is not None and draw(st.booleans()))


times = st.lists(time_spans(), max_size=2, unique=True).map(tuple)


@st.composite
def rules(draw, days) -> Rule:
    chosen = draw(days)
    chosen = canonical_days([chosen])[0]
    without = ()
    if chosen.weekdays and not (chosen.ordinals or chosen.spans or chosen.after or chosen.holidays or chosen.months):
        without = draw(st.one_of(st.just(()), st.just((Days(chosen.weekdays[:1], (draw(st.integers(1, 5)),)),))))
    return Rule(chosen, draw(times), without)


closing_days = st.one_of(
    st.builds(Days, months=months.filter(lambda found: len(found) < 7)),
    st.tuples(st.integers(1, 12), st.integers(1, 28), st.integers(1, 12), st.integers(1, 28)).map(
        lambda four: Days(spans=(Span(CalendarDay(four[0], four[1]), CalendarDay(four[2], four[3])),))
    ),
    st.just(Days(ordinals=(5,))),
    st.builds(Days, weekdays=st.integers(0, 6).map(lambda day: (day,))),
    st.builds(Days, weekdays=st.integers(0, 6).map(lambda day: (day,)), ordinals=ordinals),
)
policies = st.one_of(
    st.sampled_from([HolidayPolicy(), HolidayPolicy("open"), HolidayPolicy("closed")]),
    st.sampled_from(["next_day", "previous_day", "next_weekday", "previous_weekday", "next_week", "previous_week"]).map(
        lambda to: HolidayPolicy("move", to)
    ),
    st.just(HolidayPolicy("move", "next_weekday", None, (5, 6))),
    st.builds(
        lambda weekday, number: HolidayPolicy("move", "instead", Days((weekday,), (number,))),
        st.integers(0, 6),
        st.integers(1, 4),
    ),
)


@st.composite
def schedules(draw) -> Schedule:
    """A regular schedule in canonical form, without what the grammar refuses as contradictory."""
    with_holidays = draw(st.booleans())
    found = draw(
        st.lists(rules(st.one_of(silent_days, holiday_days) if with_holidays else silent_days), min_size=1, max_size=3)
    )
    if any(rule.days.holidays in ("added", "only") for rule in found):
        found = [replace(rule, days=_settled(rule.days)) for rule in found]
    working = {weekday for rule in found if rule.days.holidays == "left_out" for weekday in rule.days.weekdays}
    found = [rule for rule in found if not _named_twice(rule.days, working)] or found[:1]
    # Rules with the same times are said together, and what is left out is said of them all.
    policy = draw(policies) if not any(rule.days.holidays or rule.days.spans for rule in found) else HolidayPolicy()
    closures = draw(st.lists(closing_days, max_size=2, unique=True))
    named = {
        weekday
        for rule in found
        for weekday in rule.days.weekdays or (range(7) if rule.days.holidays != "only" else ())
    }
    closures = [days for days in closures if not days.ordinals or not days.weekdays or set(days.weekdays) & named]
    if policy.action == "move":
        closures = [days for days in closures if not days.weekdays]
    always = {weekday for days in closures if days.weekdays and not days.ordinals for weekday in days.weekdays}
    if any(set(rule.days.weekdays) and set(rule.days.weekdays) <= always for rule in found):
        closures = []
    return Schedule("", "regular", canonical_rules(found), tuple(Closure(days) for days in closures), policy)


def _settled(days: Days) -> Days:
    """Beside hours for 祝日 the other days leave 祝日 to them."""
    return days if days.holidays or (days.spans and not days.weekdays) else replace(days, holidays="left_out")


def _named_twice(days: Days, working: set[int]) -> bool:
    """平日・木曜: the reader asks which of them is meant."""
    return bool(days.weekdays) and days == Days(days.weekdays) and set(days.weekdays) <= working
