"""Is the committed picture the one our script draws?"""

import struct
import zlib
from pathlib import Path

import numpy as np

from scripts.draw_card import HEIGHT, WIDTH, main, picture, png
from web.assets import CARD, STATIC


def pixels(content: bytes) -> np.ndarray:
    """The dots of a PNG as `png` writes it."""
    width, height = struct.unpack(">II", content[16:24])
    start = content.index(b"IDAT")
    (length,) = struct.unpack(">I", content[start - 4:start])
    rows = np.frombuffer(zlib.decompress(content[start + 4:start + 4 + length]), np.uint8).reshape(height, 1 + 3 * width)
    return rows[:, 1:].reshape(height, width, 3)


def test_the_picture_is_what_the_script_draws(tmp_path: Path) -> None:
    assert main(["--file", str(tmp_path / "card.png")]) == 0
    drawn, kept = pixels((tmp_path / "card.png").read_bytes()), pixels((STATIC / CARD).read_bytes())
    assert drawn.shape == kept.shape == (HEIGHT, WIDTH, 3)
    # Another version of numpy may round a soft edge differently.
    assert np.abs(drawn.astype(int) - kept).max() <= 1


def test_the_dot_rests_in_the_nook() -> None:
    drawn = picture()
    dots = np.argwhere((drawn == (0xE2, 0x51, 0x00)).all(axis=2))
    assert abs(dots[:, 1].mean() - WIDTH / 2) < 2
    assert (drawn[20, :, :] == drawn[20, 0, :]).all() and (drawn[HEIGHT - 5] == 255).all()


def test_a_png_begins_as_a_png_does() -> None:
    assert png(np.zeros((2, 3, 3), np.uint8)).startswith(b"\x89PNG\r\n\x1a\n")
