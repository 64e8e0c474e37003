"""Does the settings file say which city this is, and is a wrong one refused with what to do?"""

import shutil
from pathlib import Path

import pytest

from directory.city import load_city
from directory.vocabulary import load_vocabulary
from directory.yaml_files import InvalidYaml

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture
def file(tmp_path):
    return Path(shutil.copy(DATA / "city.yml", tmp_path / "city.yml"))


def test_the_sample_is_hatsukaichi_and_says_that_its_number_cannot_be_called():
    city = load_city(DATA / "city.yml")
    assert (city.site_name, city.name, city.kana, city.prefecture) == ("よりどころ", "廿日市市", "はつかいちし", "広島県")
    assert city.consultation.phone == "0829-00-0100" and city.consultation.phone_is_sample
    assert "見本データ" in city.notice


def test_the_municipality_code_ends_in_its_check_digit():
    *digits, check = (int(digit) for digit in load_city(DATA / "city.yml").municipality_code)
    rest = 11 - sum(digit * weight for digit, weight in zip(digits, (6, 5, 4, 3, 2), strict=True)) % 11
    assert check == rest % 10


def test_every_area_lies_in_a_zone_of_the_city_and_the_island_is_reached_by_ferry():
    city = load_city(DATA / "city.yml")
    assert {area.zone for area in load_vocabulary(DATA / "vocabulary").areas} == set(city.zones)
    assert city.zones["miyajima"].crossing_minutes == 10 and city.zones["miyajima"].gateways


def test_another_city_needs_no_code(file):
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("廿日市市", "みどり市").replace("はつかいちし", "みどりし"), encoding="utf-8")
    assert load_city(file).name == "みどり市"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  kana: はつかいちし\n", "  kana: 廿日市市\n", "city › kana：「廿日市市」をひらがなだけで"),
        ("latitude: 34.3485", "latitude: 132.3", "centre › latitude：20 から 46 まで"),
        ("  phone: 0829-00-0100", "  tel: 0829-00-0100", "consultation › phone：文を書いて"),
        ("phone_is_sample: yes", "phone_is_sample: たぶん", "phone_is_sample：yes か no"),
        ("crossing_minutes: 10", "crossing_minutes: 十分", "crossing_minutes：0 以上の整数"),
        ("site:\n", "site:\n  logo: 図\n", "site › logo：知らない項目"),
        ("languages: [ja,", "languages: [ja, ja,", "「ja」が2回"),
        ("  note: 名前", "  fax: 0829\n  note: 名前", "consultation › fax：知らない項目"),
        ("city:\n", "city: [\n", "city.yml"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(file, old, new, said):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidYaml) as refused:
        load_city(file)
    assert said in str(refused.value)


def test_a_missing_file_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(InvalidYaml, match="city.yml を読めません"):
        load_city(tmp_path / "city.yml")
