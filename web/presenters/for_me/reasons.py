"""Why this place, what may be less well, and what to ask before going? Plain sentences for one place; no score, no rank.

Only what the public page of the place says is said here. What nobody knows is a question, never a weakness.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from directory.listing import NO, YES, Listing
from directory.schedules import next_dates
from directory.vocabulary import Vocabulary
from matcher.answer import Match, Unknown
from matcher.journeys import Journey
from matcher.ranking.profile import Profile
from web.i18n import gettext as _
from web.presenters.for_me.answers import Answers
from web.presenters.for_me.cares import AVOIDED, Care, cares
from web.presenters.for_me.questions import weekdays

QUESTIONS_SHOWN, TIMES_SHOWN, DATES_LOOKED_AT = 4, 3, 10
# A visit shorter than this is none
VISIT_MINUTES = 30
# So many wishes may each be missed aloud; of more only what is met is said
WISHES_MISSED_ALOUD = 3
# Answer about the number of people → so many are still meant by it
PEOPLE = {"few": 10, "some": 20}


@dataclass(frozen=True)
class Found:
    """One place of the result, with everything there is to say about it."""

    match: Match
    listing: Listing
    ways: Sequence[Journey]
    answers: Answers
    profile: Profile
    vocabulary: Vocabulary
    now: datetime

    @property
    def doubted(self) -> frozenset[str]:
        """Attributes nobody knows of it, or no longer."""
        return frozenset(unknown.attribute for unknown in self.match.unknown if unknown.attribute)

    def known(self, term: str) -> str:
        """yes, no or unknown; an answer too old to rely on is unknown."""
        return "unknown" if term in self.doubted else self.listing.attribute(term)


def reasons(found: Found) -> tuple[str, ...]:
    """What speaks for it."""
    return tuple(sentence for say in (_easy_to_start, _needs, _likes, _way, _times, _well) for sentence in say(found))


def weak_points(found: Found) -> tuple[str, ...]:
    """What may be less well, said gently."""
    return tuple(sentence for say in (_missed, _far, _lively) for sentence in say(found))


def questions_first(found: Found) -> tuple[str, ...]:
    """What is good to ask before going."""
    asked = [question for unknown in found.match.unknown if (question := _question(found, unknown))]
    return tuple(dict.fromkeys(asked))[:QUESTIONS_SHOWN]


def _easy_to_start(found: Found) -> Iterator[str]:
    """Where no wish was told, what makes the first step easy there."""
    if not found.answers.wishes:
        terms = found.vocabulary.attributes
        yield from (terms[term].sentence for term in found.profile.helpful if term in terms and found.known(term) == YES)


def _needs(found: Found) -> Iterator[str]:
    if not found.answers.wishes:
        return
    met = [term.label for key, term in found.vocabulary.needs.items() if key in found.profile.needs and _meets(found, key)]
    if met:
        yield _("「%(needs)s」に合う場所です。", needs="」「".join(met))


def _meets(found: Found, need: str) -> bool:
    return need in (*found.listing.needs_primary, *found.listing.needs_secondary)


def _likes(found: Found) -> Iterator[str]:
    for reason in found.match.reasons:
        if reason.criterion == "interest" and found.answers.wishes:
            yield reason.sentence


def _way(found: Found) -> Iterator[str]:
    if not found.profile.travel or found.profile.start is None:
        return
    if not found.listing.has_place:
        yield _("出かけなくても、家から使えます。")
    if found.listing.pickup == "service":
        yield _("送迎があります。使いかたは電話で聞いてください。")
    best = min((way for way in found.ways if way.least <= way.limit), key=lambda way: way.most, default=None)
    if best is not None:
        yield _minutes(best)


def _minutes(way: Journey) -> str:
    by = {"walk": _("歩いて"), "bike": _("自転車で"), "car": _("車で"), "bus": _("バスで")}[way.mode]
    words = {"by": by, "least": max(way.least, 1), "most": max(way.most, 1)}
    if way.ferry:
        return _("%(by)s %(least)s～%(most)s分くらい（船の時間もふくめて）。", **words)
    if not way.sure:
        return _("%(by)s %(least)s～%(most)s分くらい（バスの時刻は、確かめてください）。", **words)
    return _("%(by)s %(least)s～%(most)s分くらい。", **words)


def _times(found: Found) -> Iterator[str]:
    """Of the times the person can go, those on which it is open."""
    if not found.profile.slots:
        return
    times = dict.fromkeys(sorted(_open_times(found)))
    if times:
        names, parts = weekdays(), (_("午前"), _("午後"), _("夕方"), _("夜"))
        said = [_("%(weekday)s曜の%(part)s", weekday=names[day], part=parts[part]) for day, part in times]
        yield _("%(times)sに開いています。", times=_("・").join(said[:TIMES_SHOWN]))


def _open_times(found: Found) -> Iterator[tuple[int, int]]:
    """(weekday, part of the day) of coming openings that lie in the person's times."""
    for meeting in found.listing.meetings:
        for held in next_dates(meeting.schedule, found.now.date(), DATES_LOOKED_AT, dict(found.listing.closures)):
            if held.cancelled or held.start is None:
                continue
            start = held.start.hour * 60 + held.start.minute
            end = held.end.hour * 60 + held.end.minute if held.end and held.end > held.start else start + VISIT_MINUTES
            if any(slot.weekday == held.date.weekday() and slot.from_minute <= start and end <= slot.until_minute
                   for slot in found.profile.slots):
                yield held.date.weekday(), sum(held.start.hour >= hour for hour in (12, 17, 19))


def _well(found: Found) -> Iterator[str]:
    """Of what was ticked, all that is known to be well there."""
    yield from (care.good for care in _ticked(found) if found.known(care.key) == (NO if care.means == AVOIDED else YES))
    if found.answers.has("gender", "women") and found.known("female_only") == YES:
        yield _("女性だけの場です。")
    if found.answers.has("people", "few") and found.known("small_group") == YES:
        yield _("少人数の集まりです。")
    if found.answers.one("people") and found.listing.usual.get("people") and not _crowded(found):
        yield _("ふだんの人数は、%(people)sです。", people=found.listing.usual["people"])
    if found.answers.has("sound", "quiet") and found.known("quiet") == YES:
        yield _("静かに過ごせます。")


def _ticked(found: Found) -> list[Care]:
    return [care for care in cares(found.vocabulary) if found.answers.has("care", care.value)]


def _missed(found: Found) -> Iterator[str]:
    wanted = found.answers.many("need")
    missed = [found.vocabulary.needs[key].label for key in wanted if not _meets(found, key)]
    if missed and len(wanted) <= WISHES_MISSED_ALOUD:
        yield _("「%(needs)s」のための場所ではないようです。", needs="」「".join(missed))


def _far(found: Found) -> Iterator[str]:
    sure = [way for way in found.ways if way.sure]
    if any(way.least <= way.limit for way in sure) and not any(way.most <= way.limit for way in sure):
        yield _("道によっては、%(limit)s分をこえるかもしれません。", limit=min(way.limit for way in sure))
    elif found.ways and not any(way.least <= way.limit for way in found.ways):
        yield _("選んだ行きかたでは、遠い場所です。送迎か、家からの参加ができるか、電話で聞いてください。")
    elif any(weak.criterion == "travel" for weak in found.match.weak) and found.ways:
        yield _("行き帰りに、少し時間がかかります。")


def _lively(found: Found) -> Iterator[str]:
    if _crowded(found):
        yield _("人は多めのようです（ふだんの人数は、%(people)s）。", people=found.listing.usual["people"])
    elif found.answers.has("people", "few") and found.known("small_group") == NO:
        yield _("人は多めのようです。")
    if found.answers.has("sound", "quiet") and found.known("quiet") == NO:
        yield _("にぎやかなときがあるようです。")


def _crowded(found: Found) -> bool:
    """Do more people come than is easy, by what the page of the place says?"""
    most = PEOPLE.get(found.answers.one("people"))
    numbers = [int(number) for number in re.findall(r"\d{1,4}", found.listing.usual.get("people", ""))]
    return most is not None and bool(numbers) and max(numbers) > most


def _question(found: Found, unknown: Unknown) -> str:
    """How to ask it; "" where the page of the place already says enough."""
    if unknown.criterion == "ceiling":
        said, question = _eased(found)[unknown.part]
        return "" if said else question
    if unknown.criterion == "reach":
        return unknown.question if "bus" in found.profile.travel else ""
    if unknown.attribute == "female_only":
        return _("女性だけの場ですか。男性も行けますか。")
    asked = {care.key: care.question for care in _ticked(found)}
    return asked.get(unknown.attribute or unknown.part, unknown.question)


def _eased(found: Found) -> dict[str, tuple[bool, str]]:
    """Load → does the public page say how it is, and else how to ask."""
    listing = found.listing
    return {
        "people": (bool(listing.usual.get("people")) or found.known("small_group") == YES, _("ふだんは何人くらい来られますか。")),
        "conversation": ("self_introduction" in listing.first_day, _("自己紹介や、一人ずつ話す時間はありますか。")),
        "stimulation": (found.known("quiet") != "unknown", _("静かにしていられる席はありますか。音楽やマイクは使いますか。")),
    }


