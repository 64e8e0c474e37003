"""What does the page 候補 show? Tiers, changes, calls, hidden counts, and the limits that can be tried beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from directory.vocabulary import Vocabulary
from matcher.answer import TIERS, Ask, LeftOut, MatchResult
from matcher.casework import HIDE, PIN, ChoiceKept, Heard, Shown, fields
from matcher.casework.fields import TRAVEL
from matcher.ranking.screening import OTHER, constraints_of
from web.i18n import gettext as _
from web.presenters.desk.cards import Around, Asked, Card, asked, cards, key_of
from web.presenters.desk.questions import Control, controls
from web.presenters.desk.saying import mode_words, said
from web.presenters.desk.steps import Step, step_of
from web.presenters.desk.trying import Trial, change_button, tried_fields

# Cards shown whole in each tier; the rest folds away
WHOLE = 5
CALLS = 5
# Stands in the summary beside the limits, in this order
ABOUT = ("needs", "interests", "home_area", "start", "away_from_neighbours", "stretch")


@dataclass(frozen=True)
class TierShown:
    """One tier: its cards, those shown whole and those folded away, and how many there are in all."""

    key: str
    label: str
    count: int
    whole: Sequence[Card]
    folded: Sequence[Card]


@dataclass(frozen=True)
class ChangeShown:
    """A change worth offering and what its button sends."""

    label: str
    sentence: str
    button: str


@dataclass(frozen=True)
class Call:
    """One call and what to ask there."""

    ask: Ask
    items: Sequence[Asked]


@dataclass(frozen=True)
class HiddenShown:
    """How many are left out for this reason, and the nearest of them; その他 is never divided."""

    label: str
    count: int
    divided: bool
    sentence: str
    places: Sequence[LeftOut]
    staff_places: Sequence[LeftOut]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.places) - len(self.staff_places)


@dataclass(frozen=True)
class CandidatesPage:
    """Everything the template prints."""

    result: MatchResult
    trial: Trial
    tiers: Sequence[TierShown]
    changes: Sequence[ChangeShown]
    calls: Sequence[Call]
    hidden: Sequence[HiddenShown]
    put_away: Sequence[Card]
    questions: Sequence[tuple[str, str]]

    @property
    def left_out(self) -> int:
        """How many are in no tier."""
        return sum(row.count for row in self.hidden)

    @property
    def shown(self) -> list[Shown]:
        """The list as it was shown, for the log."""
        return [Shown(card.match.listing_id, card.match.role_id, card.match.tier, round(card.match.score, 4))
                for tier in self.tiers for card in (*tier.whole, *tier.folded)]


def candidates_page(result: MatchResult, trial: Trial, around: Around) -> CandidatesPage:
    """The page of one person's candidates."""
    openings = {(change.criterion, change.part): change_button(change, around.profile) for change in reversed(result.changes)}
    tiers, put_away, number = [], [], 1
    for key, found in (("A", result.a), ("B", result.b), ("C", result.c)):
        rows = [_with_change(one, around, openings) for one in cards(found, around)]
        put_away += [one for one in rows if one.choice and one.choice.kind == HIDE]
        rows = [one for one in rows if not (one.choice and one.choice.kind == HIDE)]
        rows.sort(key=lambda one: not (one.choice and one.choice.kind == PIN))
        rows = [replace(one, number=number + place) for place, one in enumerate(rows)]
        number += len(rows)
        tiers.append(TierShown(key, _(TIERS[key]), result.counts[key], rows[:WHOLE], rows[WHOLE:]))
    steps = step_of(around.vocabulary)
    return CandidatesPage(
        result, trial, tiers,
        [ChangeShown(one.label, one.sentence, change_button(one, around.profile)) for one in result.changes],
        [Call(ask, [asked(one) for one in ask.items]) for ask in result.asks[:CALLS]],
        [HiddenShown(_(one.label), one.count, one.label != OTHER, one.sentence,
                     [it for it in one.places if not it.staff_only], [it for it in one.places if it.staff_only])
         for one in result.hidden], put_away,
        [(one.sentence, _step_for(one.key, steps)) for one in result.questions])


def _with_change(card: Card, around: Around, openings: Mapping[tuple[str, str], str]) -> Card:
    """A card of あと一歩 carries the button of the limit it fails."""
    if not card.match.fail:
        return card
    failed = next(it for it in constraints_of(around.profile) if card.match.fail >> it.bit & 1)
    return replace(card, change=openings.get((failed.criterion.key, failed.part), ""))


def _step_for(question: str, steps: Mapping[str, Step]) -> str:
    """The screen of the visit a question of the matching belongs to."""
    first = {"travel": "travel_walk", "ceilings": "ceiling_people"}
    return steps[first.get(question, question)].key


@dataclass(frozen=True)
class Limits:
    """The form beside the list: what is known in words, and what can be tried."""

    about: Sequence[tuple[str, str]]
    ways: Sequence[Control]
    loads: Sequence[Control]
    lists: Sequence[Control]
    flags: Sequence[Control]
    week: Sequence[tuple[str, str]]
    versions: Mapping[str, int] = field(default_factory=dict)


def limits(heard: Mapping[str, Heard], trial: Trial, vocabulary: Vocabulary, names: Mapping[str, str]) -> Limits:
    """The controls as they are tried, with the versions that were read."""
    asked_fields = tried_fields(vocabulary)
    tried = {edit.field.key: edit.said for edit in trial.edits}
    drawn = {one.key: one for one in controls(asked_fields, heard, vocabulary, names=names, said=tried)}
    known = {one.key: one for one in asked_fields}
    all_steps = step_of(vocabulary)
    about = [(all_steps[key].title if key in all_steps else key, _said(key, heard, vocabulary)) for key in ABOUT]
    return Limits(
        [(label, words) for label, words in about if words],
        [replace(one, label=_short(one.key)) for one in drawn.values() if one.kind == "whole"],
        [replace(one, label=known[one.key].label.partition("：")[0]) for one in drawn.values() if one.kind == "levels"],
        [replace(one, options=tuple(option for option in one.options if option.chosen))
         for one in drawn.values() if one.kind == "checks"],
        [one for one in drawn.values() if one.kind == "radio"],
        [(option.value, f"{day} {option.label}") for day, row in drawn["slots"].rows for option in row if option.chosen]
        + [(option.value, option.label) for option in drawn["slots"].options],
        {one.key: heard[one.key].version for one in asked_fields})


def _short(key: str) -> str:
    mode = mode_words().get(key.removeprefix(TRAVEL))
    return _("%(mode)s（片道 分）", mode=mode) if mode else _("お金（一回 円）")


def _said(key: str, heard: Mapping[str, Heard], vocabulary: Vocabulary) -> str:
    return said(heard[key], fields(vocabulary)[key], vocabulary)


def choices_by_key(kept: Sequence[ChoiceKept]) -> dict[str, ChoiceKept]:
    """The worker's pins and hides by what they are about."""
    return {key_of(one.listing_id, one.role_id): one for one in kept}
