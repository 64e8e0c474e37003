"""How does a real browser reach an app under test? A small server on this machine that keeps no log."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from flask import Flask


class Silent(WSGIRequestHandler):
    """Keeps no log."""

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


class Threads(ThreadingMixIn, WSGIServer):
    """A page may ask for several things at once."""

    daemon_threads = True


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address under which the app answers until the block ends."""
    with make_server("127.0.0.1", 0, app, server_class=Threads, handler_class=Silent) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
