"""Where can the site be seen on this machine? Serves it with gunicorn at HOST:PORT and says so when it is ready."""

import os
import socket
import sys

from gunicorn.app.base import BaseApplication
from gunicorn.errors import AppImportError

from directory.errors import DirectoryError
from directory.settings import Settings
from web import create_app
from web.serving import QuietWorker

# One process with threads: the catalog is held once, and NumPy works outside the interpreter's lock.
THREADS = 8


class Server(BaseApplication):
    """The whole site, public pages and desk, as one gunicorn application."""

    def __init__(self, settings: Settings, host: str, port: int) -> None:
        self.settings, self.host, self.port = settings, host, port
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn what it needs to know."""
        address = f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
        options = {
            "bind": address, "worker_class": QuietWorker, "threads": THREADS, "loglevel": "warning",
            "post_worker_init": lambda _worker: _say_where(address),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Make the Flask application; what is wrong with settings or data is told in one sentence."""
        try:
            application = create_app(self.settings, "all")
            # The first search builds the catalog: better now than while somebody waits for a page.
            application.test_client().get("/search", query_string={"q": "体操"})
            return application
        except DirectoryError as error:
            raise AppImportError(str(error)) from error


def main() -> None:
    """Check the address and the settings, then serve; what is wrong is told in one sentence."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    problem = address_problem(host, port)
    if problem:
        sys.exit(problem)
    try:
        settings = Settings.from_environment(os.environ)
    except DirectoryError as error:
        sys.exit(str(error))
    Server(settings, host, int(port)).run()


def address_problem(host: str, port: str) -> str | None:
    """Why the site cannot be served at this address, in one sentence; None when it can."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return f"PORT の「{port}」は番号として使えません。1 から 65535 までの数で: PORT=8001 scripts/run"
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            another = f"PORT={int(port) % 65535 + 1} scripts/run"
            return f"{host}:{port} は使えません（{error.strerror}）。ほかの番号でどうぞ: {another}"
    return None


def _say_where(address: str) -> None:
    print(f"\n  よりどころ → http://{address}/   （終わるときは Ctrl-C）\n"
          f"  職員の机　 → http://{address}/desk/\n", flush=True)


if __name__ == "__main__":
    main()
