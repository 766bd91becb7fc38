"""Words on pictures of pages (文字识别, OCR), where the extra `ocr` is there. The only home of rapidocr_onnxruntime.

The models are part of that package: nothing is loaded from elsewhere. One thread computes, since a process that reads
strangers' files may start none (`ingest/sandbox/child.py`), and the same picture always gives the same words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from ingest.page.ink import Box
from ingest.page.recognised import SeenLine

Recogniser = Callable[[Any, float], Sequence[SeenLine]]
"""From a page's picture, and how many of its dots make a point, to the lines that stand on it."""

MAX_RECOGNISED = 20
"""Pages of one file that are recognised, each some seconds; those behind them stay pictures, and are told."""

_LEAST_SURE = 0.5
"""The score from 0 to 1 below which a line is dirt, or a piece of a stamp."""


def ocr_is_installed() -> bool:
    """Whether the extra `ocr` is there."""
    return find_spec("rapidocr_onnxruntime") is not None


@cache
def recogniser() -> Recogniser | None:
    """What recognises words on a picture; None without the extra. Making it takes half a second and 150 MB."""
    if not ocr_is_installed():
        return None
    import cv2
    from rapidocr_onnxruntime import RapidOCR

    cv2.setNumThreads(0)
    engine = RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1)

    def recognise(picture: Any, scale: float) -> list[SeenLine]:
        found, _ = engine(picture, use_cls=False)
        return [SeenLine(said, _box(corners, scale)) for corners, said, score in found or () if score >= _LEAST_SURE]

    return recognise


def _box(corners: Sequence[tuple[float, float]], scale: float) -> Box:
    xs, ys = [float(x) / scale for x, _ in corners], [float(y) / scale for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))
