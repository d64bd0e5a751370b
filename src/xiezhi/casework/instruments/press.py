"""The press: one typst compiler per process turns a style and its data into a PDF."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import typst
from django.conf import settings

STYLES: Final = Path(__file__).parent / "styles"
# The typefaces that the standard names (小标宋、仿宋) are not free: a court sets its own.
DEFAULT_FONTS: Final = {"title": ["Noto Serif CJK SC"], "body": ["Noto Serif CJK SC"]}

_press = Lock()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every instrument says besides its own text."""

    title: str
    court: str
    number: str
    code: str
    day: str


@cache
def _compiler(style: str) -> typst.Compiler:
    folders = [Path(folder) for folder in getattr(settings, "XIEZHI_INSTRUMENT_FONT_PATHS", ())]
    fonts = typst.Fonts(font_paths=folders)
    return typst.Compiler(input=STYLES / f"{style}.typ", root=STYLES, font_paths=fonts)


def print_pdf(style: str, data: dict[str, object]) -> bytes:
    """Print an instrument.

    ``data`` reaches the style as one JSON text and is only ever shown as text: whatever a party
    wrote cannot become markup. The compiler is kept, for making one costs a hundred prints; it
    serves one thread at a time. The same data give the same bytes.
    """
    fonts = getattr(settings, "XIEZHI_INSTRUMENT_FONTS", DEFAULT_FONTS)
    inputs = {
        "fonts": json.dumps(fonts, ensure_ascii=False),
        "data": json.dumps(data, ensure_ascii=False),
    }
    with _press:
        printed = _compiler(style).compile(format="pdf", sys_inputs=inputs, timestamp=0)
    if not isinstance(printed, bytes):
        msg = f"the style {style} gave no PDF"
        raise TypeError(msg)
    return printed
