"""Does the vocabulary say what the pages need, and does it refuse a file that is wrong?"""

import re
import shutil
from pathlib import Path

import pytest

from directory.vocabulary import load_vocabulary
from directory.yaml_files import InvalidYaml

DATA = Path(__file__).resolve().parents[2] / "data" / "vocabulary"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(DATA, tmp_path / "vocabulary"))


@pytest.fixture(scope="module")
def vocabulary():
    return load_vocabulary(DATA)


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds what this test changes"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_terms_of_the_design_are_all_there(vocabulary):
    assert (len(vocabulary.kinds), len(vocabulary.needs), len(vocabulary.attributes)) == (33, 12, 37)
    assert len(vocabulary.accommodations) == 8
    assert list(vocabulary.loads) == [
        "stimulation", "people", "conversation", "obligation", "time", "responsibility", "strength",
    ]
    assert list(vocabulary.welcome) == [
        "always", "visit_first", "call_first", "locals", "members", "closed_now", "unknown",
    ]
    assert [area.name for area in vocabulary.areas] == ["廿日市", "佐伯", "吉和", "大野", "宮島"]
    assert list(vocabulary.audiences) == [
        "seniors", "adults", "youth", "teens", "children", "infants", "parents", "carers", "disabled", "foreigners",
    ]


def test_a_term_carries_all_a_page_says_of_it(vocabulary):
    salon = vocabulary.kinds["salon"]
    assert (salon.label, salon.kana) == ("サロン", "さろん")
    assert salon.labels["en"] == "Neighbourhood salon"
    assert "茶話会" in salon.synonyms
    assert salon.sentence.endswith("。") and " " in salon.easy


@pytest.mark.parametrize("group", ["kinds", "needs", "attributes", "accommodations"])
def test_every_term_speaks_every_language_and_ends_its_sentence(vocabulary, group):
    for term in getattr(vocabulary, group).values():
        assert set(term.labels) == {"en", "zh-Hans", "ko", "vi", "pt"}, term.key
        assert term.sentence.endswith(("。", "に。")), term.key
        assert len(term.sentence) <= 40, term.key


def test_every_load_level_is_one_observable_sentence(vocabulary):
    for scale in vocabulary.load_levels.values():
        assert len(scale.levels) == 5 and len(set(scale.levels)) == 5
        assert all(level.endswith("。") for level in scale.levels), scale.key


def test_lonely_words_lead_to_company(vocabulary):
    word = next(word for word in vocabulary.everyday if "一人ぼっち" in word.words)
    assert word.needs["company"] == 1.0
    assert word.kinds["salon"] > 0


def test_a_hard_word_is_not_repeated_back_to_the_person(vocabulary):
    said = {word.say: word.aloud for word in vocabulary.everyday}
    for hard in ("ひきこもり", "ぼけてきた", "ゴミ屋敷", "ニート"):
        assert said[hard] and hard not in said[hard]


@pytest.mark.parametrize(
    ("form", "parameter", "values"),
    [
        ("水曜", "day", ("wed",)),
        ("午前", "time", ("morning",)),
        ("土日", "day", ("sat", "sun")),
        ("無料", "cost", ("free",)),
        ("ワンコイン", "cost", ("500",)),
        ("送迎あり", "pickup", ("service",)),
        ("車いす", "wheelchair", ("yes",)),
        ("段差なし", "steps", ("no",)),
        ("はじめてでも", "welcome", ("always", "visit_first")),
        ("子連れ", "with_child", ("yes",)),
        ("近くの", "sort", ("near",)),
        ("吉和", "area", ("吉和",)),
    ],
)
def test_a_query_word_is_already_a_url_parameter(vocabulary, form, parameter, values):
    pattern = next(pattern for pattern in vocabulary.query_patterns if form in pattern.forms)
    assert (pattern.parameter, pattern.values) == (parameter, values)


def test_typed_hours_and_sums_are_read_by_a_regex(vocabulary):
    patterns = {pattern.key: pattern for pattern in vocabulary.query_patterns if pattern.regex}
    hour = re.search(patterns["from_hour"].regex, "午後1時半から")
    assert (hour["half"], hour["hour"], hour["half_past"]) == ("午後", "1", "半")
    assert patterns["from_hour"].values == ("{time}",)
    assert re.search(patterns["max_yen"].regex, "1,000円以内")["yen"] == "1,000"


def test_station_and_bus_stop_words_are_no_filter_because_nothing_measures_them(vocabulary):
    assert not [pattern for pattern in vocabulary.query_patterns if pattern.parameter == "near"]


def test_urgent_groups_hold_the_lines_they_show(vocabulary):
    suicide = vocabulary.urgent.groups["suicide"]
    assert "死にたい" in suicide.phrases
    assert {line.number for line in suicide.lines} >= {"119", "0120-279-338"}
    assert all(line.checked for line in vocabulary.urgent.lines.values())


def test_local_lines_have_no_number_until_the_city_enters_one(vocabulary):
    assert all(line.number is None for line in vocabulary.urgent.local.values())


@pytest.mark.parametrize(
    ("name", "kana"),
    [("廿日市", "はつかいち"), ("串戸", "くしど"), ("地御前", "じごぜん"), ("津田", "つた"), ("玖島", "くじま"),
     ("友和", "ゆうわ"), ("浅原", "あさはら"), ("飯山", "いいのやま"), ("虫所山", "むしところやま"),
     ("佐伯", "さいき"), ("対厳山", "たいげんざん"), ("平良", "へら")],
)
def test_local_places_are_read_as_people_there_say_them(vocabulary, name, kana):
    assert {place.kana for place in vocabulary.place_readings if place.name == name and place.sure} == {kana}


def test_the_same_files_are_read_once_and_a_changed_file_again(folder):
    before = load_vocabulary(folder)
    assert load_vocabulary(folder) is before
    change(folder, "kinds.yml", "label: サロン", "label: ふれあいサロン")
    after = load_vocabulary(folder)
    assert after.kinds["salon"].label == "ふれあいサロン"
    assert after.version != before.version


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("kinds.yml", "  kana: さろん\n", "  kana: サロン\n", "salon › kana：「サロン」をひらがなだけで"),
        ("kinds.yml", "  kana: さろん\n", "", "salon › kana：文を書いて"),
        ("kinds.yml", "  synonyms: [ふれあいサロン,", "  synonym: [ふれあいサロン,", "salon › synonym：知らない項目"),
        ("kinds.yml", "[ふれあいサロン,", "[さろん, ふれあいサロン,", "「さろん」が2回"),
        ("needs.yml", "ko: 말벗·친구, ", "", "company：labels に ko"),
        ("attributes.yml", "quiet:\n", "parking:\n", "「parking」が2回"),
        ("load_levels.yml", "    4: マイク", "    5: マイク", "stimulation › levels：0 から 4"),
        ("everyday_words.yml", "{company: 1.0, belonging: 0.8}", "{companion: 1.0}", "「companion」は使えません"),
        ("everyday_words.yml", "{company: 1.0, belonging: 0.8}", "{company: 3}", "「company」の重み"),
        ("everyday_words.yml", "say: さびしい,", "say: 一人ぼっち,", "「一人ぼっち」は「ひとりぼっち」にもあります"),
        ("query_words.yml", "filter: {day: [mon]}", "filter: {weekday: [mon]}", "「weekday」は使えません"),
        ("query_words.yml", "filter: {day: [mon]}", "filter: {day: [monday]}", "「monday」は使えません"),
        ("query_words.yml", "filter: {area: 吉和}", "filter: {area: 安芸}", "「安芸」は使えません"),
        ("query_words.yml", "filter: {quiet: yes}", "filter: {quiet: yes, day: mon}", "1つだけ"),
        ("query_words.yml", "(?P<yen>", "((?P<yen>", "正規表現として読めません"),
        ("urgent.yml", "lines: [yorisoi, inochi,", "lines: [yorisoi, inoti,", "「inoti」は使えません"),
        ("place_readings.yml", "level: city", "level: town_hall", "「town_hall」は使えません"),
        ("interests.yml", "kinds: [salon, familiar_shop,", "kinds: [saloon, familiar_shop,", "「saloon」は使えません"),
        ("choices.yml", "  locals:\n    label: 地区の方", "  locals:\n    label: 3", "locals › label：文として"),
        ("areas.yml", "- name: 廿日市", "- name: [廿日市", "areas.yml"),
    ],
)
def test_a_wrong_file_is_refused_with_file_entry_and_what_to_do(folder, file, old, new, said):
    change(folder, file, old, new)
    with pytest.raises(InvalidYaml) as refused:
        load_vocabulary(folder)
    assert str(refused.value).startswith(file)
    assert said in str(refused.value)


def test_a_missing_file_is_named(folder):
    (folder / "urgent.yml").unlink()
    with pytest.raises(InvalidYaml, match="urgent.yml"):
        load_vocabulary(folder)


def test_no_list_is_longer_than_the_64_bits_of_its_mask(folder):
    kinds = folder / "kinds.yml"
    entry = kinds.read_text(encoding="utf-8").split("kayoinoba:")[0].split("salon:\n")[1]
    with kinds.open("a", encoding="utf-8") as file:
        file.writelines(f"more_{number}:\n{entry}" for number in range(32))
    with pytest.raises(InvalidYaml, match="64項目まで"):
        load_vocabulary(folder)
