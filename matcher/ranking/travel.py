"""How many minutes from the person's door to each place? Straight lines, a span of detours, islands by ferry.

t(κ) = fixed + κ·d/v + the ferry. Without a router nobody knows κ, so a way is short enough only if it is with the
greatest detour, and too long only if it is with the least; in between is unknown.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matcher.ranking.columns import RADIUS_METRES, Candidates
from matcher.ranking.profile import MAINLAND, Profile
from matcher.ranking.view import View
from matcher.ranking.weights import DETOURS, FERRY_WAIT, FIXED, FRAIL, SPEEDS, UNSURE

# WGS84
SEMI_MAJOR, ECCENTRICITY_SQUARED = 6378137.0, 0.00669437999014
# Degrees north and south of the origin in which a city and its neighbours lie
NEAR_DEGREES = 1.0


@dataclass(frozen=True, eq=False)
class Ways:
    """Minutes to each row by each mode the person can use: float [modes, rows]; NaN where the place is not known.

    `sure`: bool [modes]. `limits` float [modes, rows or 1]: another one where a ferry is part of the way (`sailed`).
    """

    modes: tuple[str, ...]
    least: np.ndarray
    likely: np.ndarray
    most: np.ndarray
    limits: np.ndarray
    sailed: np.ndarray
    sure: np.ndarray

    def kept(self, positions: np.ndarray) -> "Ways":
        """The ways to some of the rows."""
        return Ways(self.modes, self.least[:, positions], self.likely[:, positions], self.most[:, positions],
                    self.limits if self.limits.shape[1] == 1 else self.limits[:, positions], self.sailed[positions], self.sure)


def asked(profile: Profile) -> bool:
    """Do we know how, how far and from where the person goes?"""
    return bool(profile.travel) and profile.start is not None


def picked_up(view: View) -> np.ndarray:
    """Bool [rows]: a service fetches people of the area the person lives in, or may, where that was not heard."""
    home = view.profile.home_area
    return view.has("pickup") & view.has(f"area:{home}") if home else view.has("pickup")


def ways(view: View) -> Ways:
    """The ways to the rows in question."""
    profile = view.profile
    metres, ferry = distances(view)
    radius = view.column("radius").astype(np.float64) * RADIUS_METRES
    modes = tuple(profile.travel)
    speed = np.array([SPEEDS[mode] * (FRAIL if profile.frail and mode == "walk" else 1.0) for mode in modes])[:, None]
    fixed = np.array([FIXED[mode] for mode in modes])[:, None] + ferry
    low, likely, high = DETOURS
    limits = np.array([float(profile.travel[mode]) for mode in modes])[:, None]
    if profile.ferry_limit is not None:
        limits = np.where(ferry > 0, float(profile.ferry_limit), limits)
    return Ways(
        modes, fixed + low / speed * np.maximum(metres - radius, 0.0), fixed + likely / speed * metres,
        fixed + high / speed * (metres + radius), limits, ferry > 0, np.array([mode not in UNSURE for mode in modes]),
    )


def distances(view: View) -> tuple[np.ndarray, np.ndarray]:
    """Metres over land and minutes of waiting and sailing to each row."""
    here, extra, ferry = _entries(view.profile, view.candidates)
    north, east = view.column("north").astype(np.float64), view.column("east").astype(np.float64)
    if len(view.candidates.zones) < 2:
        return metres_between(here[0], (north, east), view.candidates.origin), np.zeros(len(north))
    zone = view.column("zone")
    points = here[zone]
    return metres_between(points, (north, east), view.candidates.origin) + extra[zone], ferry[zone]


def metres_between(start: np.ndarray, places: tuple[np.ndarray, np.ndarray], origin: tuple[float, float]) -> np.ndarray:
    """Metres from `start` [2] or [rows, 2] to places, all in degrees from the origin.

    The ellipsoid's two radii of curvature at the middle latitude, as polynomials around the origin's latitude: within a
    hundred-thousandth of the geodesic in a city (tests/matcher/ranking/test_travel.py).
    """
    here_north, here_east = start[..., 0], start[..., 1]
    north, east = places
    middle = (north + here_north) * (np.pi / 360)
    along, across = _degree_metres(origin[0])
    north_metres = (north - here_north) * (along[0] + middle * (along[1] + middle * along[2]))
    east_metres = (east - here_east) * (across[0] + middle * (across[1] + middle * (across[2] + middle * across[3])))
    return np.sqrt(north_metres * north_metres + east_metres * east_metres)


@lru_cache(maxsize=64)
def _degree_metres(latitude: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Metres of a degree north and east as polynomials in radians from this latitude, fitted to the ellipsoid near it."""
    away = np.radians(np.linspace(-NEAR_DEGREES, NEAR_DEGREES, 41))
    bend = 1 - ECCENTRICITY_SQUARED * np.sin(math.radians(latitude) + away) ** 2
    east_radius = SEMI_MAJOR / np.sqrt(bend)
    north_radius = east_radius * (1 - ECCENTRICITY_SQUARED) / bend
    degree = math.pi / 180
    return (tuple(np.polynomial.polynomial.polyfit(away, north_radius * degree, 2).tolist()),
            tuple(np.polynomial.polynomial.polyfit(
                away, east_radius * np.cos(math.radians(latitude) + away) * degree, 3).tolist()))


def _entries(profile: Profile, candidates: Candidates) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each zone: where its land begins for this person, the metres before that, and the minutes on the water."""
    start = _offset(profile.start, candidates)
    entries = {profile.zone: (start, 0.0, 0.0)}
    crossings = {one.zone: one for one in candidates.crossings}
    home = crossings.get(profile.zone)
    if home is not None:
        start_pier, land = _offset(home.island_pier, candidates), _offset(home.mainland_pier, candidates)
        walked, sailed = float(metres_between(start, tuple(start_pier), candidates.origin)), FERRY_WAIT + home.minutes
    else:
        # An island without a known ferry: nobody knows how to leave it
        land, walked, sailed = start, 0.0 if profile.zone == MAINLAND else float("nan"), 0.0
    for zone in candidates.zones:
        there = crossings.get(zone)
        if zone == profile.zone:
            continue
        if there is None and zone != MAINLAND:
            entries[zone] = (land, float("nan"), sailed)  # water nobody knows how to cross
        elif there is None:
            entries[zone] = (land, walked, sailed)
        else:
            pier = _offset(there.mainland_pier, candidates)
            entries[zone] = (_offset(there.island_pier, candidates),
                             walked + float(metres_between(land, tuple(pier), candidates.origin)),
                             sailed + FERRY_WAIT + there.minutes)
    rows = [entries[zone] for zone in candidates.zones]
    return np.array([row[0] for row in rows]), np.array([row[1] for row in rows]), np.array([row[2] for row in rows])


def _offset(point: tuple[float, float], candidates: Candidates) -> np.ndarray:
    return np.array([point[0] - candidates.origin[0], point[1] - candidates.origin[1]])
