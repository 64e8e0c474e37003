"""Which errors can the directory raise, and what does each tell the reader?

Every message is a whole Japanese sentence: what happened, where, and what to do next. It never holds a name, an
address or a free text of a person, so it may be logged and shown.
"""


class DirectoryError(Exception):
    """The root of the tree; `str(error)` is fit to be shown."""


class NotFound(DirectoryError):
    """The record asked for does not exist, or may not be known to exist."""


class InvalidRecord(DirectoryError):
    """A record breaks a rule of the directory and was not written."""


class InvalidSettings(DirectoryError):
    """A setting or a data file cannot be used as it stands."""


class ImportRefused(DirectoryError):
    """A file as a whole cannot be imported; nothing was written."""


class ImportOutdated(ImportRefused):
    """What somebody agreed to import is not what would be imported any more; nothing was written."""


class Stale(DirectoryError):
    """Somebody else changed the record after it was read; nothing was written. `version`: the one it has now."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version
