"""How does a text reach a spreadsheet without being run as a formula? With an apostrophe before it, which reading takes off.

Files for others are read in spreadsheets of every kind: half and full width, tabs and line ends count.
"""

# A cell that begins so is a formula to some spreadsheet.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")


def safe_cell(value: object) -> object:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it; so does one that looks neutralised."""
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(FORMULA_STARTS) else value
