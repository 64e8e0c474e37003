"""Where is this address, and how far is it? The only door to geopy."""

import numpy as np
from geopy.distance import geodesic

EARTH_KM = 6371.0088


def distance_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Geodesic kilometres between two (latitude, longitude) points in WGS84 degrees; the reference."""
    return geodesic(first, second).kilometers


def distances_km(
    latitude: float, longitude: float, latitudes: np.ndarray, longitudes: np.ndarray
) -> np.ndarray:
    """Kilometres from one point to many on a sphere (within 0.6 % of the geodesic); NaN where a coordinate is NaN."""
    here, there = np.radians(latitude), np.radians(latitudes.astype(np.float64))
    across = np.radians(longitudes.astype(np.float64) - longitude)
    half = np.sin((there - here) / 2) ** 2 + np.cos(here) * np.cos(there) * np.sin(across / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(half))
