"""The name of a file as people gave it, made safe to show."""

import unicodedata
from typing import Final

_LONGEST: Final = 200
_UNNAMED: Final = "未命名文件"


def shown_name(name: str) -> str:
    """Keep the last part of a path, without control and direction characters, at most 200 long.

    A name is shown and quoted only; no file is ever called by it.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    # Direction marks (category Cf) can make "exe.pdf" of "fdp.exe".
    kept = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    return kept.strip()[:_LONGEST] or _UNNAMED
