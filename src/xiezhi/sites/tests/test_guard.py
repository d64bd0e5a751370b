"""A site's process cannot import the code of the other site."""

from __future__ import annotations

import subprocess
import sys

import pytest

from xiezhi.sites.guard import FOREIGN

WALLS = [(site, package) for site, packages in FOREIGN.items() for package in packages]


@pytest.mark.parametrize(("site", "package"), WALLS)
def test_foreign_code_cannot_be_imported(site: str, package: str) -> None:
    program = (
        f"from xiezhi.sites.guard import raise_wall, ForeignSiteError\n"
        f"raise_wall({site!r})\n"
        f"try:\n    import {package}\n"
        f"except ForeignSiteError as error:\n    print(error)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == f"the {site} site has no code of another site: {package}"


def test_a_name_that_only_begins_alike_is_not_foreign() -> None:
    program = (
        "from xiezhi.sites.guard import raise_wall\nraise_wall('court')\n"
        "try:\n    import xiezhi.service_of_process\n"
        "except ModuleNotFoundError as error:\n    print(type(error).__name__)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.strip() == "ModuleNotFoundError"
