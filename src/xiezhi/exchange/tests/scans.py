"""Files of many parts, as an inspection takes them."""

from __future__ import annotations

import io
import os

import pikepdf

from xiezhi.exchange.envelope.split import PART_SIZE

THREE_PARTS = 2 * PART_SIZE + 1000


def scan(size: int = THREE_PARTS) -> bytes:
    """Make a PDF of one page that carries about so many bytes that do not compress."""
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.Carried = made.make_stream(os.urandom(size))
    sink = io.BytesIO()
    made.save(sink, compress_streams=False)
    return sink.getvalue()


CONTENT = scan()
