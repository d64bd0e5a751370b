"""Write down the components and their arguments, so that the documentation cannot drift."""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from typing import get_args

# Whatever declares components is named here, so that the registries are full.
from xiezhi.foundation.pages import shell
from xiezhi.foundation.pages.components import COMPONENTS, ITEMS
from xiezhi.foundation.pages.components.forms import FieldKind, UploadState
from xiezhi.foundation.pages.components.status import Tone
from xiezhi.foundation.pages.icons import ICONS

_SHELL_ITEMS = shell.__name__


def _argument(field: dataclasses.Field[object]) -> str:
    kind = re.sub(r"\bInstanceOf\[(\w+)\]", r"\1", str(field.type))
    if field.default is dataclasses.MISSING:
        return f"`{field.name}: {kind}`"
    return f"`{field.name}: {kind} = {field.default!r}`"


def _lines(kinds: dict[str, type[object]], prefix: str) -> Iterator[str]:
    for name, cls in sorted(kinds.items()):
        fields = dataclasses.fields(cls)  # type: ignore[arg-type]  # items and components are
        said = (inspect.getdoc(cls) or "").replace("\n\n", " ").replace("\n", " ")
        yield f"- **`{prefix}{name}`** {said}"
        yield f"  {', '.join(_argument(field) for field in fields)}"


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def reference() -> str:
    """Give the lists of components and items as Markdown."""
    items = {name: cls for name, cls in ITEMS.items() if cls.__module__ != _SHELL_ITEMS}
    shells = {cls.__name__: cls for cls in ITEMS.values() if cls.__module__ == _SHELL_ITEMS}
    parts: dict[str, type[object]] = dict(COMPONENTS)
    return "\n".join(
        [
            "### Words",
            "",
            f"- `Tone`: {_words(get_args(Tone))}",
            f"- `FieldKind`: {_words(get_args(FieldKind))}",
            f"- `UploadState`: {_words(get_args(UploadState))}",
            f"- icons: {_words(ICONS)}",
            "",
            "### Components",
            "",
            *_lines(parts, "ui."),
            "",
            "### Items (arguments of components)",
            "",
            *_lines(items, "ui."),
            "",
            "### Shells (made in Python)",
            "",
            *_lines(shells, ""),
            "",
        ]
    )


if __name__ == "__main__":
    sys.stdout.write(reference())
