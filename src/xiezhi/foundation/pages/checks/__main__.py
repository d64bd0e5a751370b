"""Check the templates of the site that DJANGO_SETTINGS_MODULE names."""

from __future__ import annotations

import sys

import django

from xiezhi.foundation.pages.checks import check_templates


def main() -> int:
    """Print what was found; 1 when something was."""
    django.setup()
    found = check_templates()
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
