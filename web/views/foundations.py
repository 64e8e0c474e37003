"""What does every mode serve? The static files, and the answer to “are you alive?”."""

from flask import Blueprint, Response, abort, current_app

from web.assets import FOREVER

pages = Blueprint("foundations", __name__)


@pages.get("/static/<version>/<name>")
def asset(version: str, name: str) -> Response:
    """A static file; its address changes with its content, so it may be kept for a year."""
    file = current_app.extensions["assets"].get(name)
    if file is None:
        abort(404)
    kept = FOREVER if version == file.version else "no-cache"
    return Response(file.content, content_type=file.content_type, headers={"Cache-Control": kept})


@pages.get("/healthz")
def healthz() -> Response:
    """200 while the process answers at all."""
    return Response("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
