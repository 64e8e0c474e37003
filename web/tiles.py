"""Whose pictures lie under the map? Nobody's, unless the installation asks: then each reader's browser asks that server.

YORIDOKORO_MAP_TILES names a row of TILES. A network without a way out (LGWAN) leaves it away: pins, town names, the
city's boundary and a scale bar need no other machine.
"""

from dataclasses import dataclass

from directory.errors import InvalidSettings
from web.i18n import gettext as _


@dataclass(frozen=True)
class Tiles:
    """One server of map pictures. `origin` is what the content policy has to allow, `credit` always stands on the map."""

    url: str
    origin: str
    credit: str
    credit_url: str
    nearest_zoom: int


def tiles(name: str | None) -> Tiles | None:
    """The row of that name; None when no pictures are wanted. Raises InvalidSettings for a name that is no row."""
    if not name:
        return None
    if name not in TILES:
        raise InvalidSettings(
            f"環境変数 YORIDOKORO_MAP_TILES の「{name}」という地図はありません。使えるのは {'、'.join(TILES)} です。"
        )
    return TILES[name]


TILES: dict[str, Tiles] = {
    # https://maps.gsi.go.jp/development/ichiran.html: free to show with these words and this link
    "gsi_pale": Tiles(
        url="https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png",
        origin="https://cyberjapandata.gsi.go.jp",
        credit=_("地理院タイル"),
        credit_url="https://maps.gsi.go.jp/development/ichiran.html",
        nearest_zoom=18,
    ),
}
