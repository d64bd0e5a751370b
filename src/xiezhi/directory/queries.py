"""What anybody may ask of the directory; it is public."""

from __future__ import annotations

from django.db.models import QuerySet

from xiezhi.directory.models import Court, CourtLevel
from xiezhi.foundation.errors import NotFound


class CourtNotFound(NotFound):
    """No court bears this code."""

    code = "directory.court-not-found"
    text = "法院名录中没有这个法院。"
    remedy = "请从名录中重新选择法院。"


def courts() -> QuerySet[Court]:
    """List all courts by level and pinyin."""
    return Court.objects.order_by("level", "sort_key")


def courts_taking_first_instance() -> QuerySet[Court]:
    """List the basic courts that accept online filing, by pinyin. Basis: CPL 18."""
    return Court.objects.filter(level=CourtLevel.BASIC, accepts_online_filing=True).order_by(
        "region", "sort_key"
    )


def court(code: str) -> Court:
    """Return the court with this code. Refuses: :class:`CourtNotFound`."""
    found = Court.objects.filter(code=code).first()
    if found is None:
        raise CourtNotFound
    return found


def court_names(codes: set[str]) -> dict[str, str]:
    """Name several courts in one query."""
    return dict(Court.objects.filter(code__in=codes).values_list("code", "name"))
