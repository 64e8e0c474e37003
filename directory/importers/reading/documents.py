"""What does a JSON or GeoJSON file hold?"""

import json
import re
from collections.abc import Iterator

from directory.errors import ImportRefused
from directory.importers.reading.limits import Limits


def read_document(text: str, encoding: str, limits: Limits) -> Iterator[dict]:
    """Messages for a JSON text. Depth is measured before anything is built."""
    _check_depth(text, limits.document_depth)
    try:
        document = json.loads(text, parse_constant=_no_such_number)
    except json.JSONDecodeError as error:
        raise ImportRefused(
            f"JSON として読めません（{error.lineno} 行目の {error.colno} 文字目）。"
            "ファイルが途中で切れていないか確かめてください。"
        ) from error
    except ValueError as error:
        raise ImportRefused("JSON の数が長すぎて読めません。元のデータを確かめてください。") from error
    yield {"encoding": encoding, "format": "json"}
    yield {"document": document}


def _no_such_number(name: str) -> None:
    raise ImportRefused(
        f"JSON に数ではない値（{name}）が入っています。JSON の決まりにない値です。空（null）に直してください。"
    )


def _check_depth(text: str, deepest: int) -> None:
    """Refuse nesting deeper than any format needs; brackets inside strings do not count."""
    depth, inside = 0, False
    # Removing escaped quotes first lets one pass over the few structural characters decide.
    for character in _structure(text):
        if character == '"':
            inside = not inside
        elif inside:
            continue
        elif character in "[{":
            depth += 1
            if depth > deepest:
                raise ImportRefused(
                    f"JSON の入れ子が深すぎます（{deepest} 段を超えています）。元のデータを確かめてください。"
                )
        else:
            depth -= 1


def _structure(text: str) -> Iterator[str]:
    return (match.group() for match in re.finditer(r'["\[\]{}]', re.sub(r"\\.", "", text, flags=re.DOTALL)))
