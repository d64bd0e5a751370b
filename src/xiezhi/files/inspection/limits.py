"""How large, how long and how fine a file may be: settings of the site."""

from dataclasses import dataclass

from django.conf import settings

from xiezhi.files.sandbox.protocol import Limits

_MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """The limits of one upload."""

    size: int
    pages: int
    pixels: int

    @property
    def megabytes(self) -> int:
        """Return the size as people are told it."""
        return self.size // _MEBIBYTE

    def for_child(self) -> Limits:
        """Return what the child needs to know."""
        return Limits(pages=self.pages, pixels=self.pixels)


def upload_limits() -> UploadLimits:
    """Read the limits: 50 MB, 2,000 pages, 120 million pixels unless set otherwise."""
    return UploadLimits(
        size=getattr(settings, "XIEZHI_UPLOAD_LIMIT_BYTES", 50 * _MEBIBYTE),
        pages=getattr(settings, "XIEZHI_UPLOAD_LIMIT_PAGES", 2000),
        pixels=getattr(settings, "XIEZHI_UPLOAD_LIMIT_PIXELS", 120_000_000),
    )
