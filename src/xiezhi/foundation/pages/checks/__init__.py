"""Checks of every template: what would fail, or lie, in front of a person fails in lint."""

from __future__ import annotations

from xiezhi.foundation.pages.checks.finding import Finding
from xiezhi.foundation.pages.checks.templates import check_templates

__all__ = ["Finding", "check_templates"]
