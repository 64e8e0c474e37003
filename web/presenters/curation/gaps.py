"""How is what is missing drawn? One table of need × 地域, one map, a list of what presses most; then one cell in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.catalog.timetable import BANDS
from directory.gaps import DAYS, Demand, People, Supply
from directory.gaps.demand import DAY, NEED, TIME
from directory.vocabulary import Vocabulary
from web.i18n import gettext as _

Cell = tuple[str, str]
MOST_PRESSING = 8
# Demand that is told; each weighs as many places as it misses.
EMPTY_WEIGHT, SEARCH_WEIGHT, VOICE_WEIGHT, PERSON_WEIGHT = 2.0, 0.2, 3.0, 4.0


@dataclass(frozen=True)
class Asked:
    """What the page was asked for: a weekday (0–6) and a band (0–3), None for any."""

    weekday: int | None = None
    band: int | None = None


@dataclass(frozen=True)
class GapCell:
    """One need in one 地域. Searches are None where there are too few to be told; what comes from casework is 0 then, so that
    nobody learns that there is somebody.

    kind: "none" no place though people ask, "empty" no place, "thin" places though many find nothing, "" else.
    """

    area: str
    need: str
    label: str
    places: int
    welcoming: int
    searches: int | None
    empty: int | None
    wishes: int
    enquiries: int
    people: int

    @property
    def pressure(self) -> float:
        """How much is asked for, for each place there is."""
        asked = (
            EMPTY_WEIGHT * (self.empty or 0) + SEARCH_WEIGHT * (self.searches or 0)
            + VOICE_WEIGHT * (self.wishes + self.enquiries) + PERSON_WEIGHT * self.people)
        return asked / (1 + self.places)

    @property
    def is_asked(self) -> bool:
        """Did anybody ask for it, as far as it may be told?"""
        return self.pressure > 0

    @property
    def kind(self) -> str:
        """How the cell is marked."""
        if not self.places:
            return "none" if self.is_asked else "empty"
        return "thin" if self.empty or self.people or self.wishes else ""

    @property
    def demand(self) -> list[tuple[str, str]]:
        """What is asked for, in pairs of a word and a number; only what there is and may be told."""
        rows = [
            (_("探された"), self.searches, _("%(n)s回", n=self.searches)),
            (_("見つからない"), self.empty, _("%(n)s回", n=self.empty)),
            (_("声"), self.wishes, _("%(n)s件", n=self.wishes)),
            (_("照会"), self.enquiries, _("%(n)s件", n=self.enquiries)),
            (_("支援中"), self.people, _("%(n)s人", n=self.people)),
        ]
        return [(word, said) for word, number, said in rows if number]


@dataclass(frozen=True)
class GapTable:
    """The whole page. `rows`: a need and its cells, 地域 by 地域 as in `areas`."""

    areas: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GapCell, ...]], ...]
    pressing: tuple[GapCell, ...]

    def of_need(self, need: str) -> tuple[GapCell, ...]:
        """The cells of one need."""
        return next((cells for _label, cells in self.rows if cells and cells[0].need == need), ())


@dataclass(frozen=True)
class SlotGrid:
    """Places of one cell by weekday and band, and how often the days and bands were asked for in that 地域."""

    bands: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    undated: int
    elsewhere: int
    asked: tuple[tuple[str, str], ...]


def bands() -> dict[str, str]:
    """The parts of the day, as the page calls them."""
    return dict(zip(BANDS, (_("午前"), _("午後"), _("夕方"), _("夜")), strict=True))


def weekdays() -> tuple[str, ...]:
    """月 … 日."""
    return (_("月"), _("火"), _("水"), _("木"), _("金"), _("土"), _("日"))


def gap_table(
    supply: Supply, demand: Demand, unmet: Mapping[Cell, int], asked: Asked, vocabulary: Vocabulary,
) -> GapTable:
    """Every need in every 地域, as things stand."""
    areas = tuple(area.name for area in vocabulary.areas)
    rows = tuple(
        (term.label, tuple(cell_of(supply, demand, unmet, asked, area, key, vocabulary) for area in areas))
        for key, term in vocabulary.needs.items())
    everything = [cell for _label, cells in rows for cell in cells]
    pressing = sorted((cell for cell in everything if cell.kind in ("none", "thin")),
                      key=lambda cell: (-cell.pressure, cell.area, cell.need))
    return GapTable(areas, rows, tuple(pressing[:MOST_PRESSING]))


def cell_of(
    supply: Supply, demand: Demand, unmet: Mapping[Cell, int], asked: Asked, area: str, need: str, vocabulary: Vocabulary,
) -> GapCell:
    """One need in one 地域."""
    at = supply.areas.index(area), supply.needs.index(need)
    return GapCell(
        area, need, vocabulary.needs[need].label, int(supply.count(asked.weekday, asked.band)[at]),
        int(supply.welcoming[at]), demand.told(demand.searches[NEED], area, need),
        demand.told(demand.empty[NEED], area, need), demand.wishes[area, need],
        demand.told(demand.enquiries, area, need) or 0, unmet.get((area, need), 0))


def slot_grid(supply: Supply, demand: Demand, area: str, need: str) -> SlotGrid:
    """When the places of this cell are open, and when people of the 地域 look."""
    at = supply.areas.index(area), supply.needs.index(need)
    rows = tuple(
        (name, tuple(int(supply.count(day, band)[at]) for band in range(len(BANDS))))
        for day, name in enumerate(weekdays()))
    asked = [(name, demand.told(demand.searches[DAY], area, key), demand.told(demand.empty[DAY], area, key))
             for key, name in zip(DAYS, (_("%(day)s曜", day=day) for day in weekdays()), strict=True)]
    asked += [(name, demand.told(demand.searches[TIME], area, key), demand.told(demand.empty[TIME], area, key))
              for key, name in bands().items()]
    told = tuple(
        (name, _("%(searches)s回（見つからない %(empty)s）", searches=searches, empty="－" if empty is None else empty))
        for name, searches, empty in asked if searches)
    return SlotGrid(tuple(bands().values()), rows, int(supply.undated[at]),
                    int(supply.places[at] - supply.here_only[at]), told)


def people_words(people: People | None) -> str:
    """The people of a 地域 in a few words; empty where the city loaded none."""
    if people is None:
        return ""
    if people.old is None or people.young is None:
        return _("人口 %(total)s人", total=f"{people.total:,}")
    return _("人口 %(total)s人（65歳以上 %(old)s人、15歳未満 %(young)s人）", total=f"{people.total:,}", old=f"{people.old:,}",
             young=f"{people.young:,}")


def slot_words(weekday: int | None, band: str | None) -> str:
    """水曜の夜; 曜日・時間を問わず."""
    day = _("%(day)s曜", day=weekdays()[weekday]) if weekday is not None else ""
    part = bands()[band] if band else ""
    if day and part:
        return _("%(day)sの%(band)s", day=day, band=part)
    return day or part or _("曜日・時間を問わず")


def sentence(cell: GapCell) -> str:
    """One cell as it may be read aloud in a meeting."""
    asked = _("、").join(f"{word} {number}" for word, number in cell.demand)
    places = _("場所はありません") if not cell.places else _("場所は%(n)s件", n=cell.places)
    return _("%(places)s。%(asked)s", places=places, asked=asked) if asked else places


