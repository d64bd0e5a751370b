"""Tell what a file is by its content, and whether it is that alone."""

import os
import struct
from typing import BinaryIO, Final

from xiezhi.files.sandbox.protocol import MediaType, Problem, Rejected

_HEAD: Final = 1024
_TAIL: Final = 22 + 65535
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_END_SIZE: Final = 22
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!")
_MARKUP: Final = (b"<script", b"<html", b"<svg", b"<?php", b"<!doctype html")
_SIGNATURES: Final = (
    (b"%PDF-", MediaType.PDF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
)
_BLANK: Final = b"\xef\xbb\xbf \t\r\n\0"


def media_type_of(file: BinaryIO) -> MediaType:
    """Return the type that the first bytes show; the name does not matter.

    Refuses: ``EMPTY``; ``UNKNOWN_TYPE``; ``MIXED`` for a file that is two things at once, which
    different programs would open as different things.
    """
    file.seek(0)
    head = file.read(_HEAD)
    if not head:
        raise Rejected(Problem.EMPTY)
    found = _by_signature(head)
    if _other_content(head, found) or _ends_as_archive(file):
        raise Rejected(Problem.MIXED)
    return found


def _by_signature(head: bytes) -> MediaType:
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head.lstrip(_BLANK).startswith(b"%PDF-"):
        return MediaType.PDF
    # A PDF reader would still find this one, a browser would show what stands before it.
    raise Rejected(Problem.MIXED if b"%PDF-" in head else Problem.UNKNOWN_TYPE)


def _other_content(head: bytes, found: MediaType) -> bool:
    lowered = head.lower()
    if any(each in lowered for each in _MARKUP):
        return True
    return found is not MediaType.PDF and (b"%pdf-" in lowered or head.startswith(_PROGRAMS))


def _ends_as_archive(file: BinaryIO) -> bool:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(_ZIP_END)
    if at < 0 or len(tail) - at < _ZIP_END_SIZE:
        return False
    # Only a directory whose comment reaches exactly to the end makes the file an archive.
    (comment,) = struct.unpack_from("<H", tail, at + 20)
    return bool(len(tail) - at - _ZIP_END_SIZE == comment)
