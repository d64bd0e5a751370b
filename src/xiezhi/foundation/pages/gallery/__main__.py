"""Write the gallery: python -m xiezhi.foundation.pages.gallery OUT.html."""

from __future__ import annotations

import sys
from pathlib import Path

from xiezhi.foundation.pages.gallery.writing import write


def main(arguments: list[str]) -> int:
    """Write the gallery beside the page named, and say how to look at it."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m xiezhi.foundation.pages.gallery OUT.html\n")
        return 2
    out = Path(arguments[0]).resolve()
    written = write(out)
    sys.stdout.write(f"{len(written)} pages; python -m http.server -d {out.parent}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
