"""Under which address does a browser fetch each static file, so that it may keep it for a year?

The style sheets are read once, in the order below, and sent as one file: a telephone on a slow line asks once. So are
our own scripts. What scripts/setup copied out of the npm packages stands beside them; without npm it is not there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
FIRST, LAST = ("tokens.css", "base.css", "layout.css"), ("print.css",)
STYLESHEET, SCRIPT = "site.css", "site.js"
# The desks' own, beside the sheet of the site; the public never fetches them.
STAFF, STAFF_STYLESHEET, STAFF_SCRIPT = "staff", "staff.css", "staff.js"
# The sheet that goes round is a page of its own kind: only it asks for this style.
SHEET = "kairan.css"
# What the curation desk prints: postcards and 確認票.
POSTCARDS = "postcards.css"
# Beside links that are shared; drawn by scripts.draw_card.
CARD = "card.png"
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8",
}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent; `version` changes with its content and stands in its address."""

    name: str
    content: bytes
    content_type: str

    @property
    def version(self) -> str:
        """The first twelve digits of the content's hash."""
        return sha256(self.content).hexdigest()[:12]


def load_assets() -> dict[str, Asset]:
    """Every static file by its name."""
    icon = (STATIC / "icon.svg").read_bytes()
    return {
        STYLESHEET: Asset(STYLESHEET, stylesheet(), "text/css; charset=utf-8"),
        SHEET: Asset(SHEET, (STATIC / "css" / SHEET).read_bytes(), CONTENT_TYPES[".css"]),
        POSTCARDS: Asset(POSTCARDS, (STATIC / "css" / POSTCARDS).read_bytes(), CONTENT_TYPES[".css"]),
        SCRIPT: Asset(SCRIPT, script(), CONTENT_TYPES[".js"]),
        STAFF_STYLESHEET: Asset(STAFF_STYLESHEET, staff_stylesheet(), CONTENT_TYPES[".css"]),
        STAFF_SCRIPT: Asset(STAFF_SCRIPT, script(STAFF), CONTENT_TYPES[".js"]),
        "icon.svg": Asset("icon.svg", icon, "image/svg+xml"),
        CARD: Asset(CARD, (STATIC / CARD).read_bytes(), "image/png"),
        **{path.name: _packaged(path) for path in sorted((STATIC / "vendor").glob("*.*"))},
    }


def _packaged(path: Path) -> Asset:
    """A file of a package, and what we change of its style."""
    over = STATIC / "css" / "over" / path.name
    ours = over.read_bytes() if over.is_file() else b""
    return Asset(path.name, path.read_bytes() + ours, CONTENT_TYPES[path.suffix])


def script(folder: str = "") -> bytes:
    """Every script of ours; each is a function of its own and does nothing on a page without its part."""
    return b"".join(path.read_bytes() for path in sorted((STATIC / "js" / folder).glob("*.js")))


def stylesheet() -> bytes:
    """Tokens, base and layout, then one file a component, then paper; without what only its writers read."""
    css = STATIC / "css"
    components = sorted((css / "components").glob("*.css"))
    return _joined([*(css / n for n in FIRST), *components, *(css / n for n in LAST)])


def staff_stylesheet() -> bytes:
    """What only the desks wear: one file a component, over the sheet of the site."""
    return _joined(sorted((STATIC / "css" / STAFF).glob("*.css")))


def _joined(files: Iterable[Path]) -> bytes:
    written = b"".join(path.read_bytes() for path in files)
    return re.sub(rb"\s*([{};])\s*", rb"\1", re.sub(rb"/\*.*?\*/", b"", written, flags=re.S))
