"""Which headers protect the reader on every answer of the site? All of them stand here and nowhere else."""

from flask import Flask, Response


def content_security_policy(map_pictures: str = "") -> str:
    """What a page may load: our own files, and pictures from `map_pictures` where the installation has a map of others.

    `data:` goes with those pictures only: Leaflet puts an empty one in the place of a picture that is no longer needed.
    """
    return "; ".join((
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        f"img-src 'self' data: {map_pictures}" if map_pictures else "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ))


CONTENT_SECURITY_POLICY = content_security_policy()

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # The words somebody searched for stand in the address: no other site is told where the reader came from.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Permitted-Cross-Domain-Policies": "none",
}


# Only where the site is known under https: a browser told this never again asks without.
STRICT_TRANSPORT = {"Strict-Transport-Security": "max-age=31536000"}


def protect(app: Flask, map_pictures: str = "", *, secure: bool = False) -> None:
    """Send the headers with every answer. A page may be looked at again, never kept by a machine on the way."""

    headers = HEADERS | {"Content-Security-Policy": content_security_policy(map_pictures)}
    headers |= STRICT_TRANSPORT if secure else {}

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(headers)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response
