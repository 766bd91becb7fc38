"""The command that serves the site (网站): serve."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Annotated

import typer

from ingest.errors import ZerenError
from web.commands_library import take_in_all
from web.console import DEFAULT_LIBRARY, LEXICON, LOCAL_UNITS, Library, in_sentences, terminal, the_catalog


def serve(
    host: Annotated[str, typer.Option(help="监听的地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="监听的端口", min=1, max=65535)] = 8000,
    library: Library = DEFAULT_LIBRARY,
    plans: Annotated[Path | None, typer.Option(help="先收进这个文件夹里的文件")] = None,
    name: Annotated[list[str] | None, typer.Option(help="网站在内网的名字，可以写几个")] = None,
    https: Annotated[bool, typer.Option("--https", help="网站只经由 HTTPS 访问")] = False,
) -> None:
    """启动网站。"""
    with in_sentences():
        _refuse_busy_port(host, port)
    if plans is not None:
        take_in_all([plans], library)
    else:
        with in_sentences(), the_catalog(library):
            pass  # What must be made anew is made here, with a bar.
    # The site's libraries take a third of a second to load: no other command waits for them.
    from web.app import create_app
    from web.server import Server
    from web.settings import Settings

    known = ("localhost", "127.0.0.1", "[::1]", host, *(name or ()))
    settings = Settings(library=library, lexicon=LEXICON, local_units=LOCAL_UNITS, hosts=known, https=https)
    with in_sentences():
        site = create_app(settings)
    server = Server(site, host, port, https)
    terminal().done("started", host=host, port=port)
    server.run_as_process()


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
