"""Under which address does a browser fetch each static file, so that it may keep it for a year?

The style sheets are read once, in the order below, and sent as one file: a telephone on a slow line asks once.
"""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).parent / "static"
FIRST, LAST = ("tokens.css", "base.css", "layout.css"), ("print.css",)
STYLESHEET = "site.css"
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
        "icon.svg": Asset("icon.svg", icon, "image/svg+xml"),
    }


def stylesheet() -> bytes:
    """Tokens, base and layout, then one file a component, then paper."""
    css = STATIC / "css"
    components = sorted((css / "components").glob("*.css"))
    return b"".join(path.read_bytes() for path in [*(css / n for n in FIRST), *components, *(css / n for n in LAST)])
