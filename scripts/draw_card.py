"""Which picture stands beside a link that somebody shares? Our own mark, the line with its nook, as a PNG.

    python -m scripts.draw_card        web/static/card.png, 1200 × 630; without words, so it serves every city

The line is the path of the symbol `nook` in web/templates/components/icon.html.
"""

import argparse
import struct
import sys
import zlib
from pathlib import Path

import numpy as np

from web.assets import CARD, STATIC

WIDTH, HEIGHT = 1200, 630
# How many dots of the picture are one unit of the mark, and where the mark's left upper corner lies.
SCALE, LEFT, TOP = 11.0, 248.0, 236.0
INK, GROUND, SUN, DOT = (0x00, 0x4C, 0x59), (0xFF, 0xFF, 0xFF), (0xFB, 0xF5, 0xE0), (0xE2, 0x51, 0x00)
STROKE = 3 * SCALE / 2
BEND_STEPS = 10


def main(arguments: list[str] | None = None) -> int:
    """Draw and write the file."""
    parser = argparse.ArgumentParser(prog="python -m scripts.draw_card", description=__doc__.splitlines()[0])
    parser.add_argument("--file", type=Path, default=STATIC / CARD, help="where the picture goes")
    options = parser.parse_args(arguments)
    options.file.write_bytes(png(picture()))
    return 0


def picture() -> np.ndarray:
    """Height × width × 3 bytes: warm ground above the line, white below, the dot resting in the nook."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    line = _line()
    edge = np.interp(x[0], line[:, 0], line[:, 1])
    painted = np.where((y < edge)[..., None], SUN, GROUND).astype(float)
    bowl = _share(14 * SCALE - np.hypot(x - LEFT - 32 * SCALE, y - TOP - 8 * SCALE))
    painted = _over(painted, SUN, bowl * (y > TOP))
    painted = _over(painted, INK, _share(STROKE / 2 - _distance(x, y, line)))
    dot = _share(7 * SCALE - np.hypot(x - LEFT - 32 * SCALE, y - TOP - 12 * SCALE))
    return _over(painted, DOT, dot).round().astype(np.uint8)


def png(pixels: np.ndarray) -> bytes:
    """The pixels as a PNG file (RGB, 8 bits)."""
    height, width, _colours = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, width * 3)], axis=1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts)


def _line() -> np.ndarray:
    """Points of the whole line, from edge to edge of the picture: M0 1.5 H13 q5 0 5 5 V8 a14 14 0 0 0 28 0 V6.5 q0-5 5-5 H64."""
    bend = np.linspace(0, 1, BEND_STEPS)[:, None]
    down = (1 - bend) ** 2 * (13, 1.5) + 2 * bend * (1 - bend) * (18, 1.5) + bend ** 2 * (18, 6.5)
    angle = np.linspace(np.pi, 0, 4 * BEND_STEPS)
    bowl = np.stack([32 + 14 * np.cos(angle), 8 + 14 * np.sin(angle)], axis=1)
    up = (64, 0) + down[::-1] * (-1, 1)
    mark = np.concatenate([down, bowl, up]) * SCALE + (LEFT, TOP)
    return np.concatenate([[(-STROKE, mark[0, 1])], mark, [(WIDTH + STROKE, mark[-1, 1])]])


def _distance(x: np.ndarray, y: np.ndarray, line: np.ndarray) -> np.ndarray:
    """How far each dot is from the line."""
    nearest = np.full(x.shape, np.inf)
    for (x0, y0), (x1, y1) in zip(line[:-1], line[1:], strict=True):
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / max((x1 - x0) ** 2 + (y1 - y0) ** 2, 1e-9)
        along = along.clip(0, 1)
        nearest = np.minimum(nearest, np.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0)))
    return nearest


def _share(inside: np.ndarray) -> np.ndarray:
    """How much of a dot lies inside an edge that is so many dots away: soft edges."""
    return (inside + 0.5).clip(0, 1)


def _over(below: np.ndarray, colour: tuple[int, int, int], share: np.ndarray) -> np.ndarray:
    return below * (1 - share[..., None]) + np.array(colour) * share[..., None]


if __name__ == "__main__":
    sys.exit(main())
