"""Is help shown when a question sounds like an emergency, and only then?"""

import logging
from dataclasses import replace

import pytest

from directory.text.meanings import WEIGHTS
from directory.text.urgent import helped
from directory.text.words import Group, Member, UrgentHelp


def groups(parsed):
    return [help.key for help in parsed.urgent]


@pytest.mark.parametrize("q, key", [
    ("死にたい", "suicide"), ("しにたい", "suicide"), ("シニタイ", "suicide"), ("死 に た い", "suicide"), ("もうしにたい", "suicide"),
    ("殴られる", "violence_dv"), ("夫になぐられます", "violence_dv"), ("DV", "violence_dv"), ("ＤＶ", "violence_dv"),
    ("家でDVを受けている", "violence_dv"),
    ("食べるものがない", "no_food_money"), ("お金が ない", "no_food_money"), ("めしが食えん", "no_food_money"),
    ("子どもを叩いてしまう", "child_abuse"), ("母を叩いてしまった", "elder_abuse"),
    ("胸が痛い", "acute_illness"), ("ちかん", "sexual_assault"), ("オレオレ詐欺", "consumer"),
    ("寝るところがない", "lost_home"), ("いじめられている", "child_sos"), ("I want to die", "suicide"),
    ("muốn chết", "suicide"), ("자살", "suicide"), ("can't breathe", "acute_illness"),
    ("だまされたかもしれない", "consumer"),
])
def test_help_is_shown(read, q, key):
    assert key in groups(read(q))


@pytest.mark.parametrize("q", [
    "DVD", "DVDを見る会", "advice", "体操", "話しにたいして", "押し売りなし", "詐欺防止講座", "木が倒れた", "いきいき", "料金がない",
    "grape", "therapeutic", "バリアフリー", "",
])
def test_no_alarm_without_reason(read, q):
    assert groups(read(q)) == []


def test_abuse_of_the_old_raises_no_alarm_for_children(read):
    assert groups(read("高齢者虐待")) == ["elder_abuse"]
    assert set(groups(read("虐待"))) == {"child_abuse", "elder_abuse"}


def test_help_names_lines_with_numbers_and_local_desks_without(read):
    help, = read("死にたい").urgent
    assert help.say and help.now and help.easy
    assert all(line.name and line.number for line in help.lines)
    assert help.children and help.local and help.local[0].name


def test_an_everyday_word_may_raise_help(read):
    assert "no_food_money" in groups(read("電気が止まりそうで困っています"))


def test_words_beyond_the_searched_part_still_raise_help(read):
    assert "suicide" in groups(read("あ" * 300 + " 死にたい"))


def test_nothing_is_logged(read, caplog):
    with caplog.at_level(logging.DEBUG):
        read("死にたい")
    assert caplog.text == ""


def keys_of(groups):
    return {member.terms[0] for group in groups if group.required for member in group.members} & {"k:need:food"}


def test_places_that_help_are_found_when_nothing_else_was_understood_and_only_rise_otherwise():
    from_words = Group("ガス", (Member(("w:がす",), 1.0),))
    saying = Group("空腹", (Member(("k:need:company",), 0.1),))
    help = UrgentHelp("no_food_money", "", "", "", "", (), (), (), ("k:need:food",))
    assert keys_of(helped([from_words], [help])) and not keys_of(helped([saying], [help]))
    assert helped([saying], [help])[-1] == Group("k:need:food", (Member(("k:need:food",), WEIGHTS["need"]),), False)
    assert helped([from_words], [replace(help, keys=())]) == [from_words]


def test_who_wants_to_die_is_shown_help_and_no_names_that_only_share_a_letter():
    from_words = Group("消える", (Member(("w:消える",), 1.0),))
    help = UrgentHelp("suicide", "", "", "", "", (), (), (), help_only=True)
    assert helped([from_words], [help]) == [Group("消える", ())]
