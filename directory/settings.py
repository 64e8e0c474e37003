"""Where does this installation keep its things? Read once from the environment, then passed along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from directory.errors import InvalidSettings

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Paths and database addresses. `today` fixes the date for tests and evaluation; None means the real date.

    `staff_networks`: whoever comes from there is not counted as a viewer. `map_tiles`: a row of web/tiles.py.
    """

    directory_database_url: str
    casework_database_url: str
    data: Path
    instance: Path
    today: date | None = None
    # None: a file of its own in `instance`
    inbox_database_url: str | None = None
    staff_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    map_tiles: str | None = None

    @property
    def inbox_url(self) -> str:
        """Where the public site leaves what visitors send."""
        return self.inbox_database_url or f"sqlite:///{self.instance / 'inbox.db'}"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from `environ`, normally `os.environ`.

        Raises InvalidSettings when YORIDOKORO_TODAY is not a date or YORIDOKORO_STAFF_NETWORKS no list of networks.
        """
        instance = Path(environ.get("YORIDOKORO_INSTANCE", PROJECT / "instance"))
        return cls(
            directory_database_url=environ.get("DIRECTORY_DATABASE_URL", f"sqlite:///{instance / 'directory.db'}"),
            casework_database_url=environ.get("CASEWORK_DATABASE_URL", f"sqlite:///{instance / 'casework.db'}"),
            data=Path(environ.get("YORIDOKORO_DATA", PROJECT / "data")),
            instance=instance,
            today=_fixed_today(environ.get("YORIDOKORO_TODAY")),
            inbox_database_url=environ.get("INBOX_DATABASE_URL"),
            staff_networks=_networks(environ.get("YORIDOKORO_STAFF_NETWORKS", "")),
            map_tiles=environ.get("YORIDOKORO_MAP_TILES"),
        )


def _fixed_today(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidSettings(
            f"環境変数 YORIDOKORO_TODAY の「{text}」は日付として読めません。2026-11-24 の形で書いてください。"
        ) from error


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Networks between commas or spaces: 192.0.2.0/24, 2001:db8::/48."""
    try:
        return tuple(ip_network(word) for word in text.replace(",", " ").split())
    except ValueError as error:
        raise InvalidSettings(
            "環境変数 YORIDOKORO_STAFF_NETWORKS は、192.0.2.0/24, 2001:db8::/48 の形で書いてください。"
        ) from error
