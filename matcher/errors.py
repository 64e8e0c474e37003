"""Which errors can casework raise, beyond the directory's? As there: whole Japanese sentences without any person in them."""

from directory.errors import DirectoryError, InvalidRecord, InvalidSettings


class LostKeys(InvalidSettings):
    """The key file is missing, damaged or not the one the database was sealed with."""


class Unreadable(DirectoryError):
    """A sealed text cannot be opened: it was changed, moved to another row, or its key was destroyed."""


class AuditFailure(DirectoryError):
    """The trail could not be written, so nothing was read and nothing was changed."""


class Stale(DirectoryError):
    """Somebody else changed the same thing in the meantime; `current` is what stands there now."""

    def __init__(self, message: str, current: object) -> None:
        super().__init__(message)
        self.current = current


class NotNow(InvalidRecord):
    """The step is not possible at the moment; the sentence never says because of whom."""


class SignInRefused(DirectoryError):
    """Login name, password or code is not right, or too many tries were made."""
