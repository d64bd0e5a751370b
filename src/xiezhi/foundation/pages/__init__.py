"""Pages of both sites: the environment, the door to a rendered page, checked components."""

from __future__ import annotations

from xiezhi.foundation.pages.factory import environment
from xiezhi.foundation.pages.rendering import render

__all__ = ["environment", "render"]
