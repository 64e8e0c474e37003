"""Where does this installation keep its things? Read once from the environment, then passed along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from directory.errors import InvalidSettings

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """Paths and database addresses. `today` fixes the date for tests and evaluation; None means the real date."""

    directory_database_url: str
    casework_database_url: str
    data: Path
    instance: Path
    today: date | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings from `environ`, normally `os.environ`.

        Raises InvalidSettings when YORIDOKORO_TODAY is not a date.
        """
        instance = Path(environ.get("YORIDOKORO_INSTANCE", PROJECT / "instance"))
        return cls(
            directory_database_url=environ.get("DIRECTORY_DATABASE_URL", f"sqlite:///{instance / 'directory.db'}"),
            casework_database_url=environ.get("CASEWORK_DATABASE_URL", f"sqlite:///{instance / 'casework.db'}"),
            data=Path(environ.get("YORIDOKORO_DATA", PROJECT / "data")),
            instance=instance,
            today=_fixed_today(environ.get("YORIDOKORO_TODAY")),
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
