"""Judge and render a photograph or scan with Pillow, under a limit of pixels."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from xiezhi.files.sandbox.protocol import Limits, MediaType, Problem, Rejected

_FORMATS: Final = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
_ORIENTATION: Final = 0x0112
_LYING: Final = frozenset({5, 6, 7, 8})
_DIRECT: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
_TALLEST: Final = 5
_FAULTS: Final = (OSError, SyntaxError, ValueError, struct.error, UnidentifiedImageError)

ImageFile.LOAD_TRUNCATED_IMAGES = False


def judge_image(file: BinaryIO, media_type: MediaType, limits: Limits) -> int:
    """Decode the whole picture and return its number of pages, which is one.

    Refuses: ``TOO_MANY_PIXELS`` from the header alone, before anything is decoded; ``DAMAGED``.
    """
    picture = _opened(file, media_type, limits)
    with _telling_damage():
        picture.load()
    return 1


def render_image(file: BinaryIO, media_type: MediaType, limits: Limits, width: int) -> Image.Image:
    """Return the picture upright, at most ``width`` wide, without its metadata.

    Made small first: a photograph is then decoded at a fraction of its size.
    """
    picture = _opened(file, media_type, limits)
    with _telling_damage():
        lying = picture.getexif().get(_ORIENTATION, 1) in _LYING
        most = (width * _TALLEST, width) if lying else (width, width * _TALLEST)
        picture = _scalable(picture)
        picture.thumbnail(most)
        return _on_white(ImageOps.exif_transpose(picture))


def _scalable(picture: Image.Image) -> Image.Image:
    if picture.mode in _DIRECT:
        return picture
    if picture.mode.startswith("I"):
        # Sixteen bits of grey would otherwise be cut to white, not scaled.
        return picture.convert("I").point(_to_eight_bits).convert("L")
    return picture.convert("RGBA" if "transparency" in picture.info else "RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA"}:
        transparent = picture.convert("RGBA")
        picture = Image.new("RGB", transparent.size, "white")
        picture.paste(transparent, mask=transparent.getchannel("A"))
    return picture.convert("RGB")


def _to_eight_bits(value: float) -> float:
    return value * (1 / 256)


def _opened(file: BinaryIO, media_type: MediaType, limits: Limits) -> Image.Image:
    file.seek(0)
    # Our own limit stands below; Pillow's warning would come for pictures that we take.
    Image.MAX_IMAGE_PIXELS = None
    with _telling_damage():
        picture = Image.open(file, formats=[_FORMATS[media_type]])
    if picture.width * picture.height > limits.pixels:
        raise Rejected(Problem.TOO_MANY_PIXELS)
    return picture


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise  # our own confinement, not the picture's fault
    except _FAULTS:
        raise Rejected(Problem.DAMAGED) from None
