"""How is the site served? Settings of gunicorn: `gunicorn -c web/gunicorn.py web.wsgi:app`.

One catalog a process, shared by its threads; the words of a search never reach a log.
"""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "web.serving.QuietWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
# A search takes milliseconds; whoever holds a worker longer than this is let go.
timeout = 30
keepalive = 5
# The longest line gunicorn can be told to read; a question is at most 200 characters.
limit_request_line = 8190
limit_request_fields = 60
accesslog = "-"
# Time, method, path, status, bytes, milliseconds: no query string (%(r)s, %(q)s), no address, no referrer.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(b)s %(M)s"
