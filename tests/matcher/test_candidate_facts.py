"""What follows from what a listing says, and what does not."""

from dataclasses import replace
from datetime import date

import pytest

from directory.listing import AreaName, AttributeValue, Listing, RoleEntry
from matcher.candidates.facts import facts

TODAY = date(2026, 11, 24)
AREAS = ("廿日市", "佐伯", "吉和", "大野", "宮島")
ROLE = RoleEntry("r", "丸つけ係")
ORDINARY = Listing(
    id="a", source_key="a", status="published", visibility="public", name="会", kana=None, kind="salon",
    organization_id="o", organization_name="団体", needs_primary=("learning",), residency_state="none",
    areas=(AreaName("地域", "大野"),), assured_date=TODAY)


def told(role=None, attributes=None, **values):
    known = tuple(AttributeValue(term, value, TODAY) for term, value in (attributes or {}).items())
    return facts(replace(ORDINARY, attributes=known, **values), role, AREAS, TODAY).planes


def service(area, reach, **values):
    return {name for name in told(has_place=False, service_area=area, areas=tuple(AreaName("地域", one) for one in reach), **values)
            if name.startswith("home")}


def test_steps_keep_a_wheelchair_out_unless_the_place_says_otherwise():
    assert "no:wheelchair" in told(attributes={"steps": "yes"})
    assert "no:wheelchair" not in told(attributes={"steps": "yes", "wheelchair": "yes"})
    assert not {"no:wheelchair", "yes:wheelchair"} & told(attributes={"steps": "no"})


def test_who_joins_from_home_needs_no_wheelchair_access_there():
    assert {"yes:wheelchair", "yes:accessible_toilet", "no:pets"} <= told(attributes={"online": "yes"}, has_place=False)
    assert "yes:wheelchair" not in told(attributes={"online": "yes"})
    assert "yes:wheelchair" not in told(has_place=False)


def test_what_the_place_says_itself_wins():
    assert "yes:wheelchair" not in told(attributes={"online": "yes", "wheelchair": "no"}, has_place=False)


@pytest.mark.parametrize("kind", ["study_support", "kodomo_shokudo", "childrens_place"])
def test_who_helps_children_gets_something_to_do_and_not_what_the_children_come_for(kind):
    helping = told(role=ROLE, kind=kind)
    assert "need1:role" in helping
    assert "need1:learning" not in helping
    assert "need1:learning" in told(kind=kind)
    assert "need1:learning" in told(role=ROLE)


@pytest.mark.parametrize(
    ("says", "reach", "homes"),
    [
        ("大野地域（オンライン）", ("大野",), {"home:area", "home:in:大野"}),
        ("廿日市・大野地域", ("廿日市", "大野"), {"home:area", "home:in:廿日市", "home:in:大野"}),
        ("栗栖・中道・虫所山", ("佐伯",), {"home:area", "home:part:佐伯"}),
        ("市内（吉和は日程を相談）", ("廿日市", "佐伯", "吉和", "大野"), {"home:any"}),
        ("市内どこからでも（電話）", AREAS, {"home:any"}),
        ("どこでも", AREAS, {"home:any"}),
    ],
)
def test_a_visit_or_a_telephone_reaches_the_areas_it_names(says, reach, homes):
    assert service(says, reach) == homes


def test_a_place_one_can_go_to_is_open_to_other_areas():
    assert {name for name in told(service_area=None) if name.startswith("home")} == {"home:any"}
