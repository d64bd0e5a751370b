"""Copy the front-end files the pages use into static/vendor, and build the sheet of icons."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOUNDATION = ROOT / "src" / "xiezhi" / "foundation"
FILES = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE.txt",
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/icons/LICENSE": "icons.LICENSE.txt",
}
SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=.*?\*/|\n?//# sourceMappingURL=\S+")
SVG_INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class VendorError(Exception):
    """A file that the pages need is not in node_modules."""


def read(path: Path) -> bytes:
    """Read a file of node_modules.

    Refuses: an absent one (VendorError), saying which command brings it.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"{path} is missing; run: npm ci --ignore-scripts"
        raise VendorError(message) from error


def write(path: Path, data: bytes) -> bool:
    """Write a file if it differs, whole or not at all; say whether it did."""
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_bytes(data)
    partial.replace(path)
    return True


def sprite(outlines: Path, names: tuple[str, ...]) -> bytes:
    """Build one SVG sheet with a symbol per icon; a page shows one by ``<use href="…#name">``."""
    symbols = []
    for name in names:
        found = SVG_INSIDE.search(read(outlines / f"{name}.svg").decode())
        if found is None:
            message = f"icon {name} is not an SVG drawing"
            raise VendorError(message)
        inside = " ".join(found[1].split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inside}</symbol>')
    body = "\n".join(symbols)
    style = 'fill="none" stroke="currentColor" stroke-width="1.75"'
    ends = 'stroke-linecap="round" stroke-linejoin="round"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {style} {ends}>\n{body}\n</svg>\n'.encode()


def vendor(modules: Path, target: Path, icons: tuple[str, ...]) -> list[str]:
    """Bring static/vendor up to date and name what changed.

    Idempotence: a second run changes nothing. Files that are no longer wanted are removed.
    """
    wanted = {name: SOURCE_MAP.sub(b"", read(modules / source)) for source, name in FILES.items()}
    wanted["icons.svg"] = sprite(modules / "@tabler" / "icons" / "icons" / "outline", icons)
    changed = [name for name, data in wanted.items() if write(target / name, data)]
    for left in sorted(target.iterdir()):
        if left.name not in wanted:
            left.unlink()
            changed.append(left.name)
    return changed


def main() -> int:
    """Vendor the front end of this checkout."""
    icons = runpy.run_path(str(FOUNDATION / "pages" / "icons.py"))["ICONS"]
    try:
        changed = vendor(ROOT / "node_modules", FOUNDATION / "static" / "vendor", icons)
    except VendorError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"front end: {len(changed)} file(s) changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
