"""What an inspection found."""

from dataclasses import dataclass

from xiezhi.files.sandbox.protocol import MediaType


@dataclass(frozen=True, slots=True)
class Finding:
    """A file that can be taken: its type by content, its pages, its size in bytes."""

    media_type: MediaType
    pages: int
    size: int
