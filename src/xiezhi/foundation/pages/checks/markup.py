"""Check the markup of a template against what the content policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_JINJA: Final = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_FORBIDDEN: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE), "inline script"),
    (re.compile(r"<style\b", re.IGNORECASE), "inline style sheet"),
    (re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE), "style attribute"),
    (re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE), "event attribute"),
    (re.compile(r"<[^>]*\s(data-)?hx-on\b", re.IGNORECASE), "hx-on attribute"),
    (re.compile(r"<[^>]*\shx-vals\s*=\s*[\"']js:", re.IGNORECASE), "evaluated hx-vals"),
    (re.compile(r"=\s*[\"']?\s*javascript:", re.IGNORECASE), "javascript: address"),
)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def markup_faults(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and fault for whatever the policy would not run."""
    markup = _JINJA.sub(_blank, source)
    for pattern, fault in _FORBIDDEN:
        for found in pattern.finditer(markup):
            yield markup.count("\n", 0, found.end()) + 1, f"{fault} is not allowed"
