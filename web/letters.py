"""How does what somebody wrote reach the city? It is put into the inbox, which is opened at the first letter."""

import os
from collections.abc import Mapping
from threading import Lock

from flask import Flask, current_app

from directory.inbox import Inbox
from directory.settings import Settings
from directory.japan_time import in_utc
from web.site import site

KEY = "yoridokoro-letters"


class LetterBox:
    """The inbox of this process; a fork opens its own, for connections belong to the process that made them."""

    def __init__(self, url: str) -> None:
        self._url, self._lock = url, Lock()
        self._inbox: Inbox | None = None
        self._process = 0

    def open(self) -> Inbox:
        """The inbox, ready to be written to."""
        with self._lock:
            if self._inbox is None or self._process != os.getpid():
                self._inbox, self._process = Inbox.open(self._url), os.getpid()
            return self._inbox


def register(app: Flask, settings: Settings) -> None:
    """Every application has one."""
    app.extensions[KEY] = LetterBox(settings.inbox_url)


def post(kind: str, body: Mapping[str, object]) -> None:
    """Put one letter into the inbox. Raises InvalidRecord for a body its kind may not hold."""
    current_app.extensions[KEY].open().put(kind, body, in_utc(site().now()))


def post_once(letter_id: str, kind: str, body: Mapping[str, object]) -> bool:
    """The same under an id of its own; False when that letter lies in the inbox already."""
    return current_app.extensions[KEY].open().put_once(letter_id, kind, body, in_utc(site().now()))
