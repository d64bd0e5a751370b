"""Judge and render a PDF with two independent readers, qpdf and pdfium."""

import os
from typing import BinaryIO, Final

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from xiezhi.files.sandbox.protocol import Limits, Problem, Rejected

_END_WITHIN: Final = 2048
_MOST_OBJECTS: Final = 300_000
_DEEPEST: Final = 60
_TALLEST: Final = 5
_PROBE_WIDTH: Final = 200

_ACTIONS: Final = frozenset(
    {
        *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE"),
        *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute"),
    }
)
_ACTIVE_SUBTYPES: Final = frozenset(
    {"/RichMedia", "/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D"}
)
_ACTIVE_KEYS: Final = ("/JS", "/EF", "/XFA")


def judge_pdf(file: BinaryIO, limits: Limits) -> int:
    """Return the number of pages.

    Refuses: ``DAMAGED`` when its end is missing, when a reader cannot open it, or when the two
    readers disagree; ``LOCKED``; ``ACTIVE``; ``TOO_MANY_PAGES``; ``TOO_COMPLEX``.
    """
    _require_end(file)
    file.seek(0)
    try:
        with pikepdf.open(file, suppress_warnings=True) as document:
            pages = len(document.pages)
            _require_count(pages, limits)
            _require_passive(document)
    except pikepdf.PasswordError:
        raise Rejected(Problem.LOCKED) from None
    except pikepdf.PdfError:
        raise Rejected(Problem.DAMAGED) from None
    if _shown_pages(file) != pages:
        raise Rejected(Problem.DAMAGED)
    return pages


def render_pdf(file: BinaryIO, page: int, width: int) -> Image.Image:
    """Return the picture of one page on white, without running anything the page may hold."""
    file.seek(0)
    document = pdfium.PdfDocument(file)
    try:
        return _picture(document, page - 1, width)
    except (pdfium.PdfiumError, IndexError):
        raise Rejected(Problem.DAMAGED) from None
    finally:
        document.close()


def _picture(document: pdfium.PdfDocument, index: int, width: int) -> Image.Image:
    page = document[index]
    page_width, page_height = page.get_size()
    if min(page_width, page_height) <= 0:
        raise Rejected(Problem.DAMAGED)
    # A page as narrow as a thread would otherwise become a picture without end.
    height = min(width * page_height / page_width, width * _TALLEST)
    scale = min(width / page_width, height / page_height)
    picture: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil()
    return picture.convert("RGB")


def _require_end(file: BinaryIO) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_WITHIN))
    # Readers mend a file whose end is missing and lose pages in silence; people must be told.
    if b"%%EOF" not in file.read():
        raise Rejected(Problem.DAMAGED)


def _require_count(pages: int, limits: Limits) -> None:
    if pages == 0:
        raise Rejected(Problem.DAMAGED)
    if pages > limits.pages:
        raise Rejected(Problem.TOO_MANY_PAGES)


def _require_passive(document: pikepdf.Pdf) -> None:
    if len(document.objects) > _MOST_OBJECTS:
        raise Rejected(Problem.TOO_COMPLEX)
    for each in document.objects:
        _require_passive_object(each, 0)
    # A direct root would not be among the objects.
    _require_passive_object(document.trailer, 0)


def _require_passive_object(each: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise Rejected(Problem.TOO_COMPLEX)
    if isinstance(each, pikepdf.Array):
        for part in each:
            if not _is_elsewhere(part):
                _require_passive_object(part, depth + 1)
        return
    if not isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
        return
    entries = each.stream_dict if isinstance(each, pikepdf.Stream) else each
    for key, value in entries.items():
        if _is_active(key, value):
            raise Rejected(Problem.ACTIVE)
        if not _is_elsewhere(value):
            _require_passive_object(value, depth + 1)


def _is_elsewhere(value: object) -> bool:
    """Tell whether the value is an object of its own, which is looked at in its turn."""
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _is_active(key: str, value: object) -> bool:
    if key in _ACTIVE_KEYS:
        return True
    if not isinstance(value, pikepdf.Name):
        return False
    return (key == "/S" and str(value) in _ACTIONS) or (
        key == "/Subtype" and str(value) in _ACTIVE_SUBTYPES
    )


def _shown_pages(file: BinaryIO) -> int:
    file.seek(0)
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError:
        raise Rejected(Problem.DAMAGED) from None
    try:
        _picture(document, 0, _PROBE_WIDTH)
        return len(document)
    except pdfium.PdfiumError:
        raise Rejected(Problem.DAMAGED) from None
    finally:
        document.close()
