"""How much does each thing count? Every weight, table and threshold of the scorecard, with its reason, in one place.

A change here is a change of VERSION: each recommendation is logged with it.
"""

import numpy as np

VERSION = "2026-11-22.4"

# U = (1 − γ)·Σ w·u + γ·min(u of BOTTLENECK): convenience cannot buy off an unmet need.
GAMMA = 0.25
WEIGHTS = {"need": 0.30, "load": 0.22, "travel": 0.14, "interest": 0.12, "time": 0.08, "support": 0.08, "keep": 0.06}
BOTTLENECK = ("need", "load", "travel", "support")

# need: a place made for it, and one where it also happens
PRIMARY, SECONDARY = 1.0, 0.6
# A role, for somebody who did not ask for one: coming as a guest comes first
UNASKED_ROLE = 0.8
# load: levels above what is easy (0, 1, 2, 3, 4); going below earns nothing
ABOVE_COMFORT = np.array([1.0, 0.6, 0.3, 0.1, 0.0])
# travel: share of the limit in use (whole percent of it) → worth; near is good, at the limit just bearable
TRAVEL_SHARES = np.array([0.0, 0.25, 0.5, 0.75, 1.0, 1.25])
TRAVEL_WORTH = np.array([1.0, 0.96, 0.87, 0.75, 0.55, 0.0])
# the whole reach is equally good for those who do not want to meet neighbours
AWAY_WORTH = 0.7
# joining from home is easy, but going out is what most are here for, unless they asked for just that
PICKED_UP_WORTH, AT_HOME_WORTH, HOME_WANTED_WORTH = 0.9, 0.7, 0.9
# the way to where one goes already is no question any more, however far; what newcomers need, nobody new needs
KNOWN_WAY_WORTH, NOT_NEW_WORTH = 0.9, 1.0
# time: not at all, not known (see MIDDLE), in part, a whole session
TOUCHED, CONTAINED = 0.7, 1.0
# support: what helps a newcomer when the person named nothing
WELCOMING = {"host_present": 0.4, "visit_first": 0.2, "listens": 0.2, "companion_ok": 0.2}
# keep: this many people's worth of doubt before an observed share counts
KEEP_DOUBT = 8.0
# Where a thing is unknown and no mean says more
MIDDLE = 0.5
# interest: how much of a listing's own wording counts as fully about it, and what a fitting kind alone is worth
ABOUT_IT, FITTING_KIND = 0.25, 0.3
# tenths: the wish it is most about, and all wishes together
MOST_LIKED, ALL_LIKED = 7, 3

# Order: what balancing may cost; who counts as equally good; diversity; a host's share of one list; how many are ordered
DELTA, NEAR, LAMBDA, A_HOST, POOL, ORDERED = 0.05, 0.02, 0.9, 2, 64, 20
# what each thing the person asked for and nobody knows of the place costs, and which constraints those are
DOUBT, ASKED_FOR = 0.03, frozenset({"required", "avoided", "companion", "accommodation"})
# from this share of free places on a host is not spared
EASY_SHARE = 0.5
LIKENESS = {"kind": 0.4, "host": 0.4, "weekday": 0.2}

# Travel without a router: detour (least, likely, most), metres a minute, fixed minutes
DETOURS = (1.1, 1.35, 1.6)
SPEEDS = {"walk": 80.0, "bike": 200.0, "car": 417.0, "bus": 250.0}
FIXED = {"walk": 0.0, "bike": 0.0, "car": 5.0, "bus": 12.0}
FRAIL = 0.65
FERRY_WAIT = 15.0
# Modes nobody can be sure of before a timetable is stored
UNSURE = frozenset({"bus"})
UNSURE_WORTH = 0.8

# One level more of these when somebody goes along
EASED = frozenset({"stimulation", "people", "conversation"})

# Changes worth offering: minutes, yen. A load is offered one level higher.
MINUTE_STEPS = (10, 15, 20, 30, 40, 45, 60, 75, 90, 120)
YEN_STEPS = (100, 200, 300, 500, 1000, 1500, 2000, 3000, 5000, 10000)

# 条件しだい: draws of the weights, how far they move, and how often a rank must turn
DRAWS, SPREAD, TURNS = 1000, 0.15, 0.25
# A weakness is named below this, a reason above the ordinary by so much
WEAK, WORTH_SAYING = 0.5, 0.002
# The chance that an unknown turns out well, where no share of the kind says more
HOPE = 0.7
# With fewer places than this in A and B a gap is drafted
FEW = 3


def travel_table() -> np.ndarray:
    """Worth by whole percent of the limit, 0–125 and beyond (the last entry)."""
    return np.interp(np.arange(127) / 100, TRAVEL_SHARES, TRAVEL_WORTH)
