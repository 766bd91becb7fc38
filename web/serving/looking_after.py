"""While the site serves, beside the answers (照看): its library is read whole once, and what the first who types would
wait for is made before they come."""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import suppress

from graph.store import Store
from ingest.errors import ZerenError
from search import Catalog

_log = logging.getLogger("zeren.library")

_REST = 0.01
"""Seconds that a look rests after each version, so that answers go first."""

_NICE = 10
_OFTEN = 2.0
"""Seconds between two looks at whether the library has changed."""


def look_after(store: Store) -> threading.Thread:
    """Examines the library in a thread of its own, with little claim to the processor; one line of log says the result.

    What can be made again is; where a plan's record is damaged the site answers 503 for it, and for everything where
    the library cannot be mended (`graph.store.Store.examine`).
    """
    thread = threading.Thread(target=_look, args=(store,), name="zeren-look", daemon=True)
    thread.start()
    return thread


def keep_ready(catalog: Catalog) -> threading.Thread:
    """Makes ready, in a thread of its own, what suggestions are taken from: at the start and after each commit."""
    thread = threading.Thread(target=_keep_ready, args=(catalog,), name="zeren-ready", daemon=True)
    thread.start()
    return thread


def _keep_ready(catalog: Catalog) -> None:
    while True:
        with suppress(ZerenError):  # Who asks is told what is amiss; here it is tried again.
            catalog.make_ready()
        time.sleep(_OFTEN)


def _look(store: Store) -> None:
    _step_back()
    begun = time.monotonic()
    try:
        found = store.examine(_rest)
    except ZerenError as error:
        _log.error("library not sound: %s %s", error.code, error.params)
        return
    if found:
        said = (f"{each.code} {each.about} {each.detail}".strip() for each in found)
        _log.error("library not sound: %s", "; ".join(said))
    else:
        _log.info("library sound, read whole in %.1f s", time.monotonic() - begun)


def _rest(done: int, total: int) -> None:
    time.sleep(_REST)


def _step_back() -> None:
    """Linux gives each thread a priority of its own; elsewhere it would be the whole process's."""
    if hasattr(os, "setpriority") and os.uname().sysname == "Linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
