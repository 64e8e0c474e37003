"""What happens to a request so broken that it never reaches the site? A sentence back, and nothing of it in the log."""

import socket
import struct

from gunicorn import util
from gunicorn.http.errors import LimitRequestLine, ParseException
from gunicorn.workers.gthread import ThreadWorker

_SENTENCE = "アドレスか送られた内容を読み取れませんでした。みじかい言葉にして、もう一度さがしてください。"
_PAGE = (f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>読み取れませんでした</title><p>{_SENTENCE}</p>'
         '<p><a href="/">はじめのページへ（電話でも聞けます）</a></p>')

# Whoever begins a request and then says nothing for so long is let go; a proxy in front lets go of those who drip.
SILENCE_SECONDS = 10


class QuietWorker(ThreadWorker):
    """gunicorn's threaded worker, except that it never writes down what a broken request said, nor waits for the silent."""

    def handle(self, conn):
        """Read and answer one request; the kernel ends the wait for a client that stops in the middle of it."""
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", SILENCE_SECONDS, 0))
        return super().handle(conn)

    def handle_error(self, req, client, addr, exc):
        """Answer a request that cannot be parsed; anything else goes gunicorn's own way."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        status, reason = (414, "URI Too Long") if isinstance(exc, LimitRequestLine) else (400, "Bad Request")
        self.log.warning("A request could not be read: %s", type(exc).__name__)
        _answer(client, status, reason)


def _answer(client, status: int, reason: str) -> None:
    body = _PAGE.encode()
    head = (f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
            f"Referrer-Policy: no-referrer\r\nContent-Length: {len(body)}\r\n\r\n")
    try:
        util.write_nonblock(client, head.encode() + body)
    except OSError:
        return  # whoever asked has already gone
