"""The command that serves the site (网站): serve."""

from __future__ import annotations

import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import ZerenError
from web.cli.console import (
    DEFAULT_LIBRARY,
    LEXICON,
    LOCAL_UNITS,
    LibraryOption,
    in_sentences,
    sandbox,
    tell_isolation,
    tell_sqlite_fault,
    terminal,
    the_catalog,
)
from web.cli.library import take_in_all


def serve(
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口", min=1, max=65535)] = 8000,
    library: LibraryOption = DEFAULT_LIBRARY,
    plans: Annotated[Path | None, typer.Option(help="先收进这个文件夹里的文件")] = None,
    name: Annotated[list[str] | None, typer.Option(help="网站在内网的名字，可以写几个", envvar="ZEREN_NAME")] = None,
    https: Annotated[bool, typer.Option("--https", help="网站只经由 HTTPS 访问")] = False,
    show_contacts: Annotated[bool, typer.Option("--show-contacts", help="不遮盖电话、身份证号和邮箱")] = False,
) -> None:
    """启动网站。"""
    with in_sentences():
        _refuse_busy_port(host, port)
    sandbox()  # It gets ready while the library is opened.
    if plans is not None:
        take_in_all([plans], library)
    else:
        with in_sentences(), the_catalog(library, create=True):
            pass  # What must be made anew is made here, with a bar.
        tell_isolation()
    sandbox().close()
    # The site's libraries take a third of a second to load: no other command waits for them.
    from web.serving.looking_after import keep_ready, look_after
    from web.serving.server import Server
    from web.settings import Settings
    from web.site.app import create_app

    known = ("localhost", "127.0.0.1", "[::1]", host, *(name or ()))
    tell_sqlite_fault(library)
    settings = Settings(library=library, lexicon=LEXICON, local_units=LOCAL_UNITS, hosts=known, https=https,
                        show_contacts=show_contacts)  # fmt: skip
    with in_sentences():
        site = create_app(settings)
    look_after(site.extensions["zeren-library"].store)
    keep_ready(site.extensions["zeren-library"].catalog)
    server = Server(site, host, port, https)
    say_started(host, port)
    server.run_as_process()


def say_started(host: str, port: int) -> None:
    """Says where the site is, and that it is open to everybody where others than this machine reach it."""
    terminal().done("started", host=host, port=port)
    if not reaches_only_here(host):
        terminal().done("open-to-all")


def reaches_only_here(host: str) -> bool:
    """Whether an address that is listened on can be reached from this machine alone."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_busy_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise PortInUse(port=port) from None


class PortInUse(ZerenError):
    """Another program listens there. Params: port."""

    code = "port-in-use"
