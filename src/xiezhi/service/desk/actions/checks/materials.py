"""Check that every required category has a material (民事诉讼法第一百二十四条)."""

from __future__ import annotations

from collections.abc import Iterable

from xiezhi.contracts.kinds import ApplicationKind
from xiezhi.service.desk.actions.checks.findings import Finding

SECTION = "materials"


def missing(kind: ApplicationKind, categories: Iterable[str]) -> list[Finding]:
    """List the required categories that nothing was attached under."""
    present = set(categories)
    return [
        Finding(SECTION, category.label, "请上传。", category.code, basis=category.basis)
        for category in kind.materials
        if category.required and category.code not in present
    ]
