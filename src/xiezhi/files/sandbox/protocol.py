"""What parent and child say to each other: a small message each way, files as descriptors."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

LARGEST_MESSAGE: Final = 64 * 1024


class Problem(StrEnum):
    """Why a file is not taken; each has its sentence in ``files.inspection.refusals``."""

    EMPTY = "empty"
    UNKNOWN_TYPE = "unknown_type"
    MIXED = "mixed"
    DAMAGED = "damaged"
    LOCKED = "locked"
    ACTIVE = "active"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_COMPLEX = "too_complex"


class MediaType(StrEnum):
    """The types that are taken."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken."""

    pages: int
    pixels: int


@dataclass(frozen=True, slots=True)
class Judge:
    """Ask what a file is and whether it can be taken."""

    limits: Limits

    def encode(self) -> bytes:
        """Return the message."""
        return json.dumps({"task": "judge", **asdict(self.limits)}).encode()


@dataclass(frozen=True, slots=True)
class Render:
    """Ask for the picture of one page, numbered from 1, at a width in pixels."""

    limits: Limits
    page: int
    width: int

    def encode(self) -> bytes:
        """Return the message."""
        body = {"task": "render", "page": self.page, "width": self.width}
        return json.dumps({**body, **asdict(self.limits)}).encode()


Task = Judge | Render


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the child found: a problem, or type and number of pages."""

    problem: Problem | None = None
    media_type: MediaType | None = None
    pages: int = 0

    def encode(self) -> bytes:
        """Return the message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, message: bytes) -> "Verdict":
        """Read the message; the child is not trusted, so every part is checked."""
        body = json.loads(message)
        problem, media_type, pages = body["problem"], body["media_type"], body["pages"]
        return cls(
            problem=None if problem is None else Problem(problem),
            media_type=None if media_type is None else MediaType(media_type),
            pages=int(pages),
        )


def decode_task(message: bytes) -> Task:
    """Read a task in the child."""
    body: dict[str, Any] = json.loads(message)
    limits = Limits(pages=body["pages"], pixels=body["pixels"])
    if body["task"] == "judge":
        return Judge(limits)
    return Render(limits, page=body["page"], width=body["width"])


class Rejected(Exception):
    """Ends the judgement of a file with a problem."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem)
        self.problem = problem
