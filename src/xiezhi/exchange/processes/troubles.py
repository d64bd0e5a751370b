"""Say a trouble once when it begins, once when it changes, and once when it is over."""

from __future__ import annotations

import structlog

log = structlog.get_logger(__name__)


class Troubles:
    """What stands in the way now, by place; a log line for each change and none between."""

    def __init__(self) -> None:
        """Begin without any."""
        self.now: dict[str, str] = {}

    def begins(self, place: str, trouble: object, **facts: object) -> None:
        """Note what stands in the way at a place; the same trouble again is no news."""
        if self.now.get(place) != (said := _say(trouble)):
            self.now[place] = said
            log.error("exchange is hindered", place=place, trouble=said, **facts)

    def ends(self, place: str) -> None:
        """Note that the way is free; news only if it was not."""
        if self.now.pop(place, None) is not None:
            log.info("exchange goes on", place=place)


def _say(trouble: object) -> str:
    """Name an error so that the same one says the same: without the file's name."""
    if isinstance(trouble, OSError) and trouble.strerror:
        return f"{type(trouble).__name__}: {trouble.strerror}"
    if isinstance(trouble, BaseException):
        return f"{type(trouble).__name__}: {trouble}".split("\n", 1)[0]
    return str(trouble)
