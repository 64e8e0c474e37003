"""How well does the matching find what people would have shown? nDCG@5 over the labelled cases of data/gold.

    python -m scripts.evaluate_matching --json        a line a case; the last line is one JSON object
    python -m scripts.evaluate_matching --case V01    one case place by place: what was shown, what was missed

Loads the sample city into a database of its own, on the day the cases were written for, and matches on the desk's catalog.
The same cases run a second time with 30 % of all attributes hidden: nothing that suited may be lost, little may get worse.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, delete, select
from tqdm import tqdm

from directory.catalog import Catalog, CatalogKeeper
from directory.city import load_city
from directory.db import read_session, write_session
from directory.errors import DirectoryError
from directory.evaluating import sample_city
from directory.listing import Listing, RoleEntry
from directory.listings import DESK
from directory.models import Attribute
from directory.settings import Settings
from directory.vocabulary import load_vocabulary
from matcher.answer import Match, MatchResult
from matcher.baselines import BASELINES
from matcher.broken_limits import broken_limits
from matcher.candidates import CandidateReader, crossings_of
from matcher.evaluation import CaseOutcome, figures, first_of_each, grade, mean
from matcher.matching import match
from matcher.ranking.columns import Crossing
from matcher.ranking.rank import rank
from matcher.vignettes import Candidate, Vignette, all_listed, moment_of, read_vignettes

GOLD = Path("gold/vignettes.yml")
MARKS = {3: "◎", 2: "○", 1: "△", 0: "×", None: "？"}
HIDDEN_SHARE = 0.3
SEED = 2026
FAILED = 1


@dataclass(frozen=True)
class City:
    """What the desk proposes from at one moment: public listings and those kept for workers, and the ferries."""

    catalog: Catalog
    crossings: tuple[Crossing, ...]
    now: datetime

    def match(self, case: Vignette) -> MatchResult:
        """The engine's answer for one case."""
        return match(self.catalog, case.profile, self.now, crossings=self.crossings)

    def possible(self, case: Vignette) -> list[tuple[Listing, RoleEntry | None]]:
        """All of tiers A and B, however many: what a list of thirty would not show."""
        if not (case.profile.needs or case.profile.interests):
            return []
        candidates = self.catalog.once(CandidateReader(self.crossings))
        screened = rank(case.profile, candidates).screened
        rows = screened.rows[screened.open]
        spots = candidates.listing_of(rows).tolist()
        cards = {card.id: card for card in self.catalog.cards.get([candidates.ids[spot] for spot in spots])}
        found = [(cards[candidates.ids[spot]], row - int(candidates.first[spot])) for spot, row in zip(spots, rows, strict=True)]
        return [(listing, listing.roles[number - 1] if number else None) for listing, number in found]


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, match, print."""
    options = _command_line(arguments)
    data = Settings.from_environment(os.environ).data
    path = options.gold or data / GOLD
    try:
        now = moment_of(path)
        with sample_city(data, now) as engine:
            city = city_of(engine, data, now)
            with read_session(engine) as session:
                cases = read_vignettes(path, city.catalog.vocabulary, city.catalog.places, all_listed(session)).cases
            if options.case is not None:
                _print_lines(one_case(city, _named(cases, options.case)))
                return 0
            ours = outcomes(city, cases)
            plain = plain_outcomes(city, cases)
            before = [fitting(city, case) for case in cases]
            hide_attributes(engine, HIDDEN_SHARE, SEED)
            hidden = hidden_figures(city_of(engine, data, now), ours, before)
    except DirectoryError as error:
        print(error, file=sys.stderr)
        return FAILED
    _report(ours, plain, hidden, options.json)
    return 0


def _command_line(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.evaluate_matching", description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true", help="end with one JSON object on the last line")
    parser.add_argument("--case", metavar="ID", help="show one case place by place")
    parser.add_argument("--gold", type=Path, help="another file of labelled cases")
    return parser.parse_args(arguments)


def city_of(engine: Engine, data: Path, now: datetime) -> City:
    """The city as this database has it."""
    catalog = CatalogKeeper(engine, load_vocabulary(data / "vocabulary"), DESK).current(now)
    return City(catalog, crossings_of(load_city(data / "city.yml")), now)


def hide_attributes(engine: Engine, share: float, seed: int) -> int:
    """Forget this share of all attributes, the same ones every time; returns how many."""
    with write_session(engine) as session:
        known = session.execute(select(Attribute.listing_id, Attribute.term).order_by(Attribute.listing_id, Attribute.term))
        rows = [tuple(row) for row in known]
        hidden = random.Random(seed).sample(rows, round(len(rows) * share))
        for listing_id, term in hidden:
            session.execute(delete(Attribute).where(Attribute.listing_id == listing_id, Attribute.term == term))
        session.commit()
    return len(hidden)


def outcomes(city: City, cases: Sequence[Vignette]) -> list[CaseOutcome]:
    """Match every case once, in file order."""
    return [outcome(city, case, city.match(case)) for case in tqdm(cases, desc="マッチング", unit="人", disable=None)]


def outcome(city: City, case: Vignette, result: MatchResult) -> CaseOutcome:
    """What was shown for one case, and what of everything possible breaks a limit."""
    return CaseOutcome(case, tuple(map(_candidate, result.shown)), tuple(_violations(city, case)))


def _violations(city: City, case: Vignette) -> Iterator[str]:
    for listing, role in city.possible(case):
        for limit in broken_limits(case.profile, listing, role):
            yield f"{case.id} {listing.source_key} {listing.name}{f'（{role.name}）' if role else ''}: {limit}"


def plain_outcomes(city: City, cases: Sequence[Vignette]) -> dict[str, list[CaseOutcome]]:
    """Every case with every plain ranking."""
    return {
        name: [CaseOutcome(case, tuple((one, None) for one in baseline(city.catalog, case, city.now))) for case in cases]
        for name, baseline in BASELINES.items()
    }


def hidden_figures(
    city: City, ours: Sequence[CaseOutcome], before: Sequence[set[Candidate]]
) -> Mapping[str, float | int]:
    """The same cases where part of the attributes is hidden: how many of A∪B vanished, how much nDCG fell."""
    cases = [one.case for one in ours]
    lost = [known - fitting(city, case) for case, known in zip(cases, before, strict=True)]
    score = mean(one.score for one in outcomes(city, cases))
    return {
        "hidden_share": HIDDEN_SHARE, "hidden_lost": sum(map(len, lost)), "hidden_ndcg_at_5": score,
        "hidden_ndcg_drop": round(mean(one.score for one in ours) - score, 4),
    }


def fitting(city: City, case: Vignette) -> set[Candidate]:
    """The candidates of tiers A and B."""
    return {(listing.id, role.id if role else None) for listing, role in city.possible(case)}


def _candidate(one: Match) -> Candidate:
    return one.listing_id, one.role_id


def _report(
    ours: Sequence[CaseOutcome], plain: Mapping[str, Sequence[CaseOutcome]], hidden: Mapping[str, float | int], as_json: bool
) -> None:
    _print_lines(table(ours, plain))
    broken = [line for one in ours for line in one.violations]
    _print_lines(["", f"条件を破っているもの {len(broken)}件", *broken])
    row = {**figures(ours, plain), **hidden}
    if as_json:
        print(json.dumps(row, ensure_ascii=False))
    else:
        _print_lines(["", *summary(row)])


def table(ours: Sequence[CaseOutcome], plain: Mapping[str, Sequence[CaseOutcome]]) -> Iterator[str]:
    """One line a case: our score, grades of the first five places, then the scores of the plain rankings."""
    yield f"{'':4} nDCG@5 1位から5位  害 {' '.join(f'{name:>8}' for name in plain)}  話"
    for position, one in enumerate(ours):
        marks = "".join(MARKS[given] for given in one.grades).ljust(5, "・")
        others = " ".join(f"{outcomes[position].score:8.3f}" for outcomes in plain.values())
        yield f"{one.case.id:4} {one.score:6.3f} {marks} {one.harmful:2} {others}  {one.case.story[:30]}"


def summary(row: Mapping[str, object]) -> Iterator[str]:
    """The figures as lines for reading."""
    yield f"{row['cases']}人  nDCG@5 {row['ndcg_at_5']}  3位までに最良 {row['hit_at_3']}"
    yield f"害のある場所（5位まで） {row['harmful_in_top5']}  条件を破ったもの {row['violations']}"
    yield f"くらべた並べ方 {row['baselines']}（いちばんよいもの {row['best_baseline']}）"
    yield f"属性の{HIDDEN_SHARE:.0%}を隠すと: 消えたもの {row['hidden_lost']}  nDCG@5 {row['hidden_ndcg_at_5']}"


def one_case(city: City, case: Vignette) -> Iterator[str]:
    """What is shown for one case with its grades and reasons, then the good places that are not there."""
    result = city.match(case)
    keys = {card.id: card.source_key for card in city.catalog.cards.get(city.catalog.ids)}
    yield f"{case.id} {case.story}"
    yield "  ".join(f"{tier} {count}" for tier, count in result.counts.items())
    yield from (f"  聞くこと: {question.sentence}" for question in result.questions)
    for one in result.shown:
        mark = MARKS[grade(_candidate(one), case.judgements)]
        yield f"{mark} {one.tier} {one.score:.3f} {keys[one.listing_id]} {one.name}{f'／{one.role}' if one.role else ''}"
        yield f"     {'　'.join(reason.sentence for reason in (*one.reasons, *one.weak))}"
    shown = {listing_id for listing_id, _ in first_of_each([_candidate(one) for one in result.shown])}
    missed = {listing_id for (listing_id, _), given in case.judgements.items() if given > 1} - shown
    yield from (f"  - 出ていません: {keys.get(listing_id, listing_id)}" for listing_id in sorted(missed))
    yield f"nDCG@5 {outcome(city, case, result).score:.3f}"


def _named(cases: Sequence[Vignette], wanted: str) -> Vignette:
    found = next((case for case in cases if case.id == wanted), None)
    if found is None:
        raise DirectoryError(f"「{wanted}」という話はありません。あるのは {'、'.join(case.id for case in cases)} です。")
    return found


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
