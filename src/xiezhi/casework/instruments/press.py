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


class TypefaceMissingError(RuntimeError):
    """None of the typefaces for a use is installed: an instrument would come out blank."""

    def __init__(self, use: str, families: list[str]) -> None:
        """Name what to install, or what to set instead."""
        super().__init__(f"no typeface for {use} of instruments: install one of {families}")


def _typefaces() -> dict[str, list[str]]:
    faces: dict[str, list[str]] = getattr(settings, "XIEZHI_INSTRUMENT_FONTS", DEFAULT_FONTS)
    return faces


@cache
def _compiler(style: str) -> typst.Compiler:
    folders = [Path(folder) for folder in getattr(settings, "XIEZHI_INSTRUMENT_FONT_PATHS", ())]
    fonts = typst.Fonts(font_paths=folders)
    known = set(fonts.families())
    for use, families in _typefaces().items():
        if not known & set(families):
            raise TypefaceMissingError(use, families)
    return typst.Compiler(input=STYLES / f"{style}.typ", root=STYLES, font_paths=fonts)


def print_pdf(style: str, data: dict[str, object]) -> bytes:
    """Print an instrument.

    ``data`` reaches the style as one JSON text and is only ever shown as text: whatever a party
    wrote cannot become markup. The compiler is kept, for making one costs a hundred prints; it
    serves one thread at a time. The same data give the same bytes.
    """
    inputs = {
        "fonts": json.dumps(_typefaces(), ensure_ascii=False),
        "data": json.dumps(data, ensure_ascii=False),
    }
    with _press:
        printed = _compiler(style).compile(format="pdf", sys_inputs=inputs, timestamp=0)
    if not isinstance(printed, bytes):
        msg = f"the style {style} gave no PDF"
        raise TypeError(msg)
    return printed
