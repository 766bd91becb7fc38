"""What keeps the site safe (安全): headers that forbid everything but our own files, names, methods and lengths.

The policy allows no inline script or style and no markup made from strings (Trusted Types); vis-network's icons are
the only data: images.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest
from werkzeug.sansio.utils import host_is_trusted

from ingest.errors import ZerenError
from web.settings import Settings

LONGEST_QUERY = 4096
"""Bytes of a URL's query as sent, percent signs included."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class QueryTooLong(ZerenError):
    """The query of the URL is too long. Params: limit (bytes)."""

    code = "query-too-long"


def install(app: Flask, settings: Settings) -> None:
    """Checks every request's Host and length, and sets the headers of every answer."""

    @app.before_request
    def check() -> None:
        if not host_is_trusted(request.headers.get("Host", ""), settings.hosts):
            raise BadRequest
        if len(request.query_string) > LONGEST_QUERY:
            raise QueryTooLong(limit=LONGEST_QUERY)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(headers(settings.https))
        return response


def headers(https: bool) -> dict[str, str]:
    """The headers of every answer; over HTTPS only, browsers are told to remember that."""
    return _HEADERS | ({"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if https else {})
