"""What keeps the site safe (安全): headers that forbid everything but our own files, names, methods and lengths.

The policy allows no inline script or style and no markup made from strings (Trusted Types); vis-network's icons are
the only data: images.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest

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

_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,253})(?::[0-9]{1,5})?")

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def headers(https: bool) -> dict[str, str]:
    """The headers of every answer, errors of any kind included; over HTTPS, browsers are told to remember that."""
    return _HEADERS | ({"Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if https else {})


class HostNames:
    """The names that a request may be addressed to; one that begins with a dot means all names beneath it, too."""

    def __init__(self, hosts: Iterable[str]) -> None:
        written = [_as_sent(host) for host in hosts]
        self._names = {host.removeprefix(".") for host in written}
        self._endings = tuple(host for host in written if host.startswith("."))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(name) and (name in self._names or name.endswith(self._endings))


def _as_sent(host: str) -> str:
    """A name as browsers send it: in lower case, 责任.example as xn--…, an IPv6 address in brackets."""
    if ":" in host:
        return host.lower() if host.startswith("[") else f"[{host.lower()}]"
    try:
        return ".".join(part.encode("idna").decode() if part else "" for part in host.lower().split("."))
    except UnicodeError:
        return host.lower()


def name_of(host: str) -> str:
    """The name in a Host header, without the port; "" where it is none. An IPv6 address keeps its brackets."""
    found = _HOST.fullmatch(host.lower())
    return found[1] if found else ""


class QueryTooLong(ZerenError):
    """The query of the URL is too long. Params: limit (bytes)."""

    code = "query-too-long"


def install(app: Flask, settings: Settings) -> None:
    """Checks every request's Host and length, and sets the headers of every answer."""
    always = headers(settings.https)
    served = HostNames(settings.hosts)

    @app.before_request
    def check() -> None:
        if name_of(request.headers.get("Host", "")) not in served:
            raise BadRequest
        if len(request.query_string) > LONGEST_QUERY:
            raise QueryTooLong(limit=LONGEST_QUERY)

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(always)
        return response
