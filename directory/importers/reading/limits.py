"""How much may a file contain before we refuse it? One table of limits, each with its reason."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading. The whole country's 介護 file (6 MB packed, 19 MB open, 56,442 rows) passes with room."""

    # A departmental file is rarely above 5 MB; a national one is about 30.
    file_bytes: int = 100 * MEGABYTE
    opened_bytes: int = 200 * MEGABYTE
    # Text packs 5 to 30 times; a bomb packs 200 times and more.
    packed_ratio: int = 100
    ratio_matters_above: int = 5 * MEGABYTE
    rows: int = 200_000
    # Excel sheets formatted to the last row claim 1,048,576 of them.
    empty_rows: int = 10_000
    columns: int = 500
    # Excel itself allows 32,767 characters in a cell.
    cell_characters: int = 100_000
    # calamine fills the whole rectangle between the first and the last cell.
    rectangle_cells: int = 5_000_000
    text_characters: int = 100 * MEGABYTE
    zip_members: int = 1_000
    document_depth: int = 40
    memory_bytes: int = 900 * MEGABYTE
    processor_seconds: int = 60
    wall_seconds: int = 120


LIMITS = Limits()
