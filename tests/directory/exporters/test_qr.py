"""Does the path draw the code of the address, module by module?"""

import re

import segno

from directory.exporters.qr import QUIET_ZONE, qr_code

ADDRESS = "https://example.jp/listings/04035369-5fb5-538e-8ee8-c5278939dc35"


def drawn(code):
    """The dark modules that the path fills."""
    return {
        (int(top), int(left) + step)
        for left, top, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path) for step in range(int(width))
    }


def test_the_path_fills_exactly_the_dark_modules():
    code = qr_code(ADDRESS)
    matrix = segno.make_qr(ADDRESS, error="m").matrix
    dark = {
        (top + QUIET_ZONE, left + QUIET_ZONE)
        for top, row in enumerate(matrix) for left, bit in enumerate(row) if bit
    }
    assert drawn(code) == dark and code.size == len(matrix) + 2 * QUIET_ZONE


def test_the_path_is_nothing_but_a_path():
    assert re.fullmatch(r"(M\d+ \d+h\d+v1h-\d+z)+", qr_code(ADDRESS).path)


def test_an_address_too_long_for_paper_has_no_code():
    assert qr_code("https://example.jp/mylist?" + "a" * 900) is None
    assert qr_code("https://example.jp/mylist?" + "a" * 9000) is None
    assert qr_code("https://example.jp/mylist?" + "a" * 500) is not None
