"""How does a file of staff get in, and who works on it? A few addresses take more than a form; the work goes on outside.

The process that serves the pages only keeps the file and tells how far the work is.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from flask import Flask, current_app, request

from directory.settings import Settings
from directory.uploads.background import begin
from directory.uploads.progress import STEP, Progress, alone, look, progress_file
from directory.uploads.receiving import LARGEST

KEY = "yoridokoro-uploads"
# The file, and the fields of the form around it
LARGER: Mapping[str, int] = {"uploads.send": LARGEST + 100_000}
Begin = Callable[[str, datetime, str], None]


def register(app: Flask, settings: Settings) -> None:
    """Before the guard, which reads the form: what may be larger here."""
    app.extensions[KEY] = partial(begin, settings)
    app.extensions[f"{KEY}-instance"] = settings.instance

    @app.before_request
    def room_for_a_file() -> None:
        larger = LARGER.get(request.endpoint or "")
        if larger:
            request.max_content_length = larger


def go_on(upload_id: str, now: datetime, what: str = STEP) -> None:
    """Begin the next step of an upload, or the making of its annotated copy, in the background."""
    current_app.extensions[KEY](upload_id, now, what)


def progress(upload_id: str, what: str = STEP) -> Progress | None:
    """How far it is; None when nobody works on it any more."""
    return look(progress_file(current_app.extensions[f"{KEY}-instance"], upload_id, what))


def writing_alone() -> Progress | None:
    """The work that keeps everybody else from writing, if there is one."""
    return alone(current_app.extensions[f"{KEY}-instance"])
