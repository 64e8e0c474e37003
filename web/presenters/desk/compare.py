"""How do two to four places look side by side? One row a question the person asks; each place a column."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from directory.vocabulary import Vocabulary
from matcher.answer import TIERS
from matcher.ranking.profile import Profile
from matcher.ranking.screening import constraints_of
from web.i18n import gettext as _
from web.presenters.desk.cards import Card
from web.presenters.desk.fits import ASK, NO, OK, PLAIN, condition, signs


@dataclass(frozen=True)
class Cell:
    """What one place says to one question; `state` is a fit's, or empty."""

    lines: tuple[str, ...]
    state: str = ""


@dataclass(frozen=True)
class Row:
    """One question and the answer of every place. `group`: stands above the rows of one kind."""

    label: str
    cells: tuple[Cell, ...]
    differs: bool


def compare_rows(found: Sequence[Card], profile: Profile, vocabulary: Vocabulary) -> list[Row]:
    """What they are like, which conditions they meet, what speaks for them and what is open."""
    rows = [Row(label, cells, _differs(cells)) for label, tell in _questions()
            if (cells := tuple(Cell(tell(card)) for card in found))]
    return [*rows[:PLAIN_ROWS], *_conditions(found, profile, vocabulary), *rows[PLAIN_ROWS:]]


PLAIN_ROWS = 6


def _questions() -> tuple[tuple[str, Callable[[Card], tuple[str, ...]]], ...]:
    return (
        (_("段"), lambda card: (_(TIERS[card.match.tier]),)),
        (_("次回"), lambda card: (f"{card.next.day} {card.next.hours}",) if card.next else (_("電話で聞いてください"),)),
        (_("いつ"), lambda card: card.rules or (_("未確認"),)),
        (_("場所"), lambda card: (card.place,)),
        (_("行き方"), lambda card: card.journeys or (_("わかりません"),)),
        (_("費用"), lambda card: (card.fee,)),
        (_("すすめる理由"), lambda card: tuple(one.sentence for one in card.match.reasons) or (_("とくにありません"),)),
        (_("弱いところ"), lambda card: tuple(one.sentence for one in card.match.weak) or (_("とくにありません"),)),
        (_("わからないこと"), lambda card: tuple(one.sentence for one in card.unknown) or (_("ありません"),)),
        (_("連絡"), lambda card: tuple(filter(None, (card.match.phone, card.match.phone_hours, card.match.contact)))),
        (_("確認"), lambda card: (card.assured.sentence,)),
    )


def _conditions(found: Sequence[Card], profile: Profile, vocabulary: Vocabulary) -> list[Row]:
    words = {OK: _("合う"), ASK: _("要確認"), NO: _("合わない")}
    rows = []
    for one in constraints_of(profile):
        label = condition(one, profile, vocabulary)
        if label:
            states = [NO if card.match.fail >> one.bit & 1 else ASK if card.match.unknown_bits >> one.bit & 1 else OK
                      for card in found]
            if one.criterion.key in PLAIN and set(states) == {OK}:
                continue
            cells = tuple(Cell((words[state] if state == ASK else f"{signs()[state]} {words[state]}",), state)
                          for state in states)
            rows.append(Row(label, cells, len(set(states)) > 1))
    return sorted(rows, key=lambda row: not row.differs)


def _differs(cells: tuple[Cell, ...]) -> bool:
    return len({cell.lines for cell in cells}) > 1
