"""The second opinion on limits: each limit breaks on what is known, and on nothing that is not."""

from dataclasses import replace

import pytest

from directory.listing import AttributeValue, Fee, Listing, RoleEntry, StaffFacts
from matcher.broken_limits import LIMITS, broken_limits
from matcher.ranking.profile import Profile

ORDINARY = Listing(
    id="a", source_key="a", status="published", visibility="public", name="会", kana=None, kind="salon",
    organization_id="o", organization_name="団体")
ROLE = RoleEntry("r", "水やり", loads={"responsibility": 3})


def listing(**facts):
    return replace(ORDINARY, **facts)


def known(**terms):
    return listing(attributes=tuple(AttributeValue(term, value) for term, value in terms.items()))


def observed(**loads):
    return listing(staff=StaffFacts(loads=loads))


def paid(*fees):
    return listing(fees_state="stated", fees=fees)


# limit, who, a place that breaks it, a place that does not
ROWS = [
    ("掲載", Profile(), listing(status="paused"), ORDINARY),
    ("除く", Profile(excluded=frozenset({"a"})), ORDINARY, listing(id="b")),
    ("除く", Profile(no_contact=frozenset({"a"})), ORDINARY, listing(id="b")),
    ("通っている", Profile(attends=frozenset({"a"})), ORDINARY, listing(id="b")),
    ("必要", Profile(required=("quiet",)), known(quiet="no"), known(quiet="unknown")),
    ("必要", Profile(companion=True), known(companion_ok="no"), ORDINARY),
    ("避ける", Profile(avoided=("pets",)), known(pets="yes"), ORDINARY),
    ("年齢", Profile(age=40), listing(maximum_age=39), listing(maximum_age=40)),
    ("年齢", Profile(age=14), listing(minimum_age=15), listing(minimum_age=14)),
    ("性別", Profile(gender="male"), listing(gender_only="女性"), listing(gender_only="男性")),
    ("性別", Profile(gender="other"), listing(gender_only="女性"), ORDINARY),
    ("市民", Profile(resident=False), listing(residency_state="stated"), listing(residency_state="none")),
    ("費用", Profile(cost_limit=0), paid(Fee("毎回", 100)), paid(Fee("毎回", None))),
    ("費用", Profile(cost_limit=300), paid(Fee("食事", 0, "高校生まで"), Fee("食事", 400, "大人")), paid(Fee("食事", 300))),
    ("負荷", Profile(ceilings={"people": 1}), observed(people=2), observed(stimulation=4)),
    ("負荷", Profile(ceilings={"time": 1}, accompanied=True), observed(time=2), observed(time=1)),
    ("負荷", Profile(ceilings={"people": 1}, accompanied=True), observed(people=3), observed(people=2)),
    ("満員", Profile(), listing(capacity_state="hard_now"), listing(capacity_state="not_asked")),
    ("満員", Profile(), listing(welcome="closed_now"), listing(welcome="unknown")),
    ("海", Profile(start=(34.3, 132.3)), listing(zone="miyajima"), ORDINARY),
]


@pytest.mark.parametrize(("limit", "profile", "breaks", "keeps"), ROWS)
def test_a_limit_breaks_on_what_is_known_and_on_nothing_else(limit, profile, breaks, keeps):
    assert broken_limits(profile, breaks) == (limit,)
    assert broken_limits(profile, keeps) == ()


def test_every_limit_is_shown_by_a_row_above_or_by_a_role():
    assert {row[0] for row in ROWS} | {"電話番"} == set(LIMITS)


def test_a_role_brings_its_own_loads_and_its_telephone():
    assert broken_limits(Profile(ceilings={"responsibility": 2}), ORDINARY, ROLE) == ("負荷",)
    assert broken_limits(Profile(avoided=("phone_duty",)), ORDINARY, replace(ROLE, phone_duty=True)) == ("電話番",)
    assert broken_limits(Profile(avoided=("phone_duty",)), ORDINARY, replace(ROLE, phone_duty=None)) == ()


def test_something_to_do_where_one_goes_already_is_no_new_place():
    goes = Profile(attends=frozenset({"a"}), start=(34.3, 132.3))
    there = listing(capacity_state="hard_now", welcome="closed_now", zone="miyajima")
    assert broken_limits(goes, there, ROLE) == () and broken_limits(replace(goes, attends=frozenset()), there, ROLE)


def test_who_helps_at_a_childrens_place_need_not_be_a_child():
    assert broken_limits(Profile(age=66), listing(maximum_age=18)) == ("年齢",)
    assert broken_limits(Profile(age=66), listing(maximum_age=18), ROLE) == ()
