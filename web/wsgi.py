"""Which application does a WSGI server load? `web.wsgi:app`, told by the environment what to serve."""

import os

from directory.settings import Settings
from web import create_app

app = create_app(Settings.from_environment(os.environ), os.environ.get("YORIDOKORO_MODE", "public"))
