"""How do answers become the Profile the engine works with? One table a question; what was not answered stays unheard."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from directory.catalog import Place
from directory.vocabulary import Vocabulary
from matcher.ranking.profile import MAINLAND, Profile, Slot
from web.presenters.for_me.answers import Answers
from web.presenters.for_me.cares import AVOIDED, FLAG, HELPFUL, REQUIRED, cares
from web.presenters.for_me.questions import AGES, FAMILY, OUTSIDE

# Minutes that are taken where a way was ticked and no time; the page says so
USUAL_MINUTES = 30
# For whoever has no wish yet: a cup of tea where one may just drop in; for a family, somebody who listens
# (needs, what is liked, what would help)
START = (("belonging", "company"), ("tea", "chatting"), ("drop_in", "visit_first", "no_obligation", "host_present"))
START_OF_FAMILIES = (("consultation", "family_respite"), (), ("listens", "nickname_ok"))


@dataclass(frozen=True)
class Ease:
    """One choice of どんな場が楽: the load, its limit, what is easy, and the attribute that says so in public."""

    load: str
    ceiling: int
    comfort: int
    attribute: str = ""


# (field, value) → what it means; a choice without limits is not here
EASES: Mapping[tuple[str, str], Ease] = {
    ("people", "few"): Ease("people", 2, 1, "small_group"),
    ("people", "some"): Ease("people", 3, 2),
    ("talk", "little"): Ease("conversation", 1, 0),
    ("talk", "some"): Ease("conversation", 2, 2),
    ("sound", "quiet"): Ease("stimulation", 1, 1, "quiet"),
    ("sound", "some"): Ease("stimulation", 2, 2),
}
# Parts of the day, wide enough that a usual gathering lies in one: minutes after midnight
PARTS = {"morning": (0, 13 * 60), "afternoon": (12 * 60, 18 * 60), "evening": (16 * 60, 24 * 60)}
ALL_DAY = (0, 24 * 60)


@dataclass(frozen=True)
class Home:
    """The town somebody sets out from, and its 地域."""

    place: Place
    area: str


def profile_of(answers: Answers, vocabulary: Vocabulary, homes: Mapping[str, Home]) -> Profile:
    """The profile of one form. `homes`: the towns of the city by name."""
    return Profile(
        needs=dict.fromkeys(answers.many("need"), 1.0), interests=answers.many("like"), age=_age(answers),
        audiences=_audiences(answers), family_only=answers.one("who") == FAMILY, slots=_slots(answers),
        languages=answers.many("language"), cost_limit=_number(answers, "cost"), gender=_gender(answers),
        **_ease(answers, vocabulary), **_way(answers, homes), **_cares(answers, vocabulary),
    )


def start_of(answers: Answers, heard: Profile, vocabulary: Vocabulary) -> Profile:
    """What was heard, with a first wish that suits most people."""
    needs, likes, helps = START_OF_FAMILIES if answers.one("who") == FAMILY else START
    return replace(
        heard, needs={need: 1.0 for need in needs if need in vocabulary.needs},
        interests=tuple(like for like in likes if like in vocabulary.interests),
        helpful=tuple(dict.fromkeys((*heard.helpful, *(term for term in helps if term in vocabulary.attributes)))))


def _number(answers: Answers, name: str) -> int | None:
    return int(answers.one(name)) if answers.one(name) else None


def _age(answers: Answers) -> int | None:
    """The middle of the ages chosen: within one choice no place draws a line."""
    first = _number(answers, "age")
    return next((first + (last - first) // 2 for start, last in AGES[:-1] if start == first), first)


def _audiences(answers: Answers) -> tuple[str, ...]:
    also = ("carers",) if answers.one("who") == FAMILY else ()
    return tuple(dict.fromkeys((*answers.many("am"), *also)))


def _gender(answers: Answers) -> str | None:
    """Who wants women only is a woman; 男性も行ける is said by women too."""
    return "female" if answers.one("gender") == "women" else None


def _slots(answers: Answers) -> tuple[Slot, ...]:
    """Weekday × part of the day; where only one of both was answered, every other."""
    days, parts = answers.many("day"), answers.many("part")
    if not days and not parts:
        return ()
    spans = [PARTS[part] for part in parts] or [ALL_DAY]
    return tuple(Slot(int(day), *span) for day in days or tuple("0123456") for span in spans)


def _ease(answers: Answers, vocabulary: Vocabulary) -> dict[str, Any]:
    eases = [ease for (name, value), ease in EASES.items() if answers.has(name, value) and ease.load in vocabulary.load_levels]
    return {"ceilings": {ease.load: ease.ceiling for ease in eases}, "comfort": {ease.load: ease.comfort for ease in eases}}


def _way(answers: Answers, homes: Mapping[str, Home]) -> dict[str, Any]:
    minutes = _number(answers, "minutes") or USUAL_MINUTES
    found: dict[str, Any] = {"travel": dict.fromkeys(answers.many("by"), minutes), "ferry": answers.has("ferry"),
                             "frail": answers.has("slow"), "zone": MAINLAND}
    home = homes.get(answers.one("town"))
    if home is not None:
        found |= {"start": (home.place.latitude, home.place.longitude), "zone": home.place.zone, "resident": True,
                  "home_area": home.area}
    elif answers.one("town") == OUTSIDE:
        found["resident"] = False
    return found


def _cares(answers: Answers, vocabulary: Vocabulary) -> dict[str, Any]:
    """Ticks by what they mean; what is easy and stands in public counts as a help, too."""
    ticked = [care for care in cares(vocabulary) if answers.has("care", care.value)]
    keys = {means: [care.key for care in ticked if care.means == means] for means in (REQUIRED, AVOIDED, HELPFUL, FLAG)}
    if answers.one("gender") == "women":
        keys[REQUIRED].append("female_only")
    elif answers.one("gender") == "mixed":
        keys[AVOIDED].append("female_only")
    keys[HELPFUL] += [ease.attribute for (name, value), ease in EASES.items()
                      if answers.has(name, value) and ease.attribute in vocabulary.attributes]
    return {REQUIRED: tuple(keys[REQUIRED]), AVOIDED: tuple(keys[AVOIDED]), HELPFUL: tuple(keys[HELPFUL]),
            **dict.fromkeys(keys[FLAG], True)}
