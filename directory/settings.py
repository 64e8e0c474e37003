"""Where does this installation keep its things? Read once from the environment, then passed along."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

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
    # None: a file of its own in `instance`; the keys of what is known of people (matcher/key_file.py)
    casework_key_file: Path | None = None
    staff_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    map_tiles: str | None = None
    # Where the public finds the site: the start of every address that leaves it (sitemap, calendars, QR codes)
    url: str = "http://127.0.0.1:8000"
    # Names a request may be addressed to; none: any, for no answer repeats them
    hosts: tuple[str, ...] = ()
    # How many proxies stand before the site and tell the visitor's address in X-Forwarded-For
    proxies: int = 0

    @property
    def inbox_url(self) -> str:
        """Where the public site leaves what visitors send."""
        return self.inbox_database_url or f"sqlite:///{self.instance / 'inbox.db'}"

    @property
    def casework_keys(self) -> Path:
        """The file whose loss makes casework unreadable."""
        return self.casework_key_file or self.instance / "keys" / "casework.json"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from `environ`, normally `os.environ`.

        Raises InvalidSettings when one of them cannot be what its name says; the sentence shows how to write it.
        """
        instance = Path(environ.get("YORIDOKORO_INSTANCE", PROJECT / "instance"))
        return cls(
            directory_database_url=environ.get("DIRECTORY_DATABASE_URL", f"sqlite:///{instance / 'directory.db'}"),
            casework_database_url=environ.get("CASEWORK_DATABASE_URL", f"sqlite:///{instance / 'casework.db'}"),
            data=Path(environ.get("YORIDOKORO_DATA", PROJECT / "data")),
            instance=instance,
            today=_fixed_today(environ.get("YORIDOKORO_TODAY")),
            inbox_database_url=environ.get("INBOX_DATABASE_URL"),
            casework_key_file=Path(environ["CASEWORK_KEY_FILE"]) if environ.get("CASEWORK_KEY_FILE") else None,
            staff_networks=_networks(environ.get("YORIDOKORO_STAFF_NETWORKS", "")),
            map_tiles=environ.get("YORIDOKORO_MAP_TILES"),
            url=_url(environ),
            hosts=_hosts(environ),
            proxies=_proxies(environ.get("YORIDOKORO_PROXIES", "0")),
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


def _url(environ: Mapping[str, str]) -> str:
    """YORIDOKORO_URL without the last slash; the address it is served at when there is none."""
    text = environ.get("YORIDOKORO_URL")
    if not text:
        host = environ.get("HOST", "127.0.0.1")
        return f"http://{f'[{host}]' if ':' in host else host}:{environ.get('PORT', '8000')}"
    if not re.fullmatch(r"https?://([\w.-]+|\[[0-9a-f:]+\])(:\d{1,5})?/?", text, re.ASCII):
        raise InvalidSettings(
            f"環境変数 YORIDOKORO_URL の「{text}」は使えません。https://yoridokoro.example.jp の形で書いてください。"
        )
    return text.rstrip("/")


def _hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The name in YORIDOKORO_URL and those of YORIDOKORO_HOSTS, in small letters; none without an address to defend."""
    if not environ.get("YORIDOKORO_URL"):
        return ()
    others = environ.get("YORIDOKORO_HOSTS", "").replace(",", " ").split()
    return tuple(dict.fromkeys([urlsplit(_url(environ)).hostname or "", *(name.lower() for name in others)]))


def _proxies(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < 10):
        raise InvalidSettings("環境変数 YORIDOKORO_PROXIES は、前に立つプロキシの数（0 から 9）で書いてください。")
    return int(text)
