"""A wall at run time: a process of one site cannot import the code of the other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

from typing_extensions import override

FOREIGN = {
    "service": (
        "xiezhi.casework",
        "xiezhi.trial",
        "xiezhi.enforcement",
        "xiezhi.management",
        "xiezhi.brain",
        "xiezhi.identity.staff",
        "xiezhi.sites.court",
    ),
    "court": (
        "xiezhi.service",
        "xiezhi.openness",
        "xiezhi.identity.people",
        "xiezhi.identity.operators",
        "xiezhi.sites.service",
    ),
}


class ForeignSiteError(ImportError):
    """Code of another site was asked for."""


class Wall(MetaPathFinder):
    """Refuse to find the modules of other sites."""

    def __init__(self, site: str) -> None:
        """Stand for ``site``."""
        self.site = site
        self.foreign = FOREIGN[site]

    @override
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise for a foreign module, stay silent for any other."""
        if fullname.startswith(self.foreign) and any(
            fullname == name or fullname.startswith(f"{name}.") for name in self.foreign
        ):
            msg = f"the {self.site} site has no code of another site: {fullname}"
            raise ForeignSiteError(msg)
        return None


def raise_wall(site: str) -> None:
    """Put the wall up once per process, before any app is loaded."""
    if not any(isinstance(finder, Wall) for finder in sys.meta_path):
        sys.meta_path.insert(0, Wall(site))
