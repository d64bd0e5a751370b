"""Judge and render a photograph or scan with Pillow, under a limit of pixels."""

import struct
from typing import BinaryIO, Final

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from xiezhi.files.sandbox.protocol import Limits, MediaType, Problem, Rejected

_FORMATS: Final = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
_FAULTS: Final = (OSError, SyntaxError, ValueError, struct.error, UnidentifiedImageError)

ImageFile.LOAD_TRUNCATED_IMAGES = False


def judge_image(file: BinaryIO, media_type: MediaType, limits: Limits) -> int:
    """Decode the whole picture and return its number of pages, which is one.

    Refuses: ``TOO_MANY_PIXELS`` from the header alone, before anything is decoded; ``DAMAGED``.
    """
    _decoded(file, media_type, limits)
    return 1


def render_image(file: BinaryIO, media_type: MediaType, limits: Limits, width: int) -> Image.Image:
    """Return the picture upright, at most ``width`` wide, without its metadata."""
    picture = ImageOps.exif_transpose(_decoded(file, media_type, limits))
    if picture.mode.startswith("I"):
        # Sixteen bits of grey would otherwise be cut to white, not scaled.
        picture = picture.convert("I").point(_to_eight_bits).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        transparent = picture.convert("RGBA")
        picture = Image.new("RGB", transparent.size, "white")
        picture.paste(transparent, mask=transparent.getchannel("A"))
    picture = picture.convert("RGB")
    picture.thumbnail((width, width * 5))
    return picture


def _to_eight_bits(value: float) -> float:
    return value * (1 / 256)


def _decoded(file: BinaryIO, media_type: MediaType, limits: Limits) -> Image.Image:
    file.seek(0)
    # Our own limit stands below; Pillow's warning would come for pictures that we take.
    Image.MAX_IMAGE_PIXELS = None
    try:
        picture = Image.open(file, formats=[_FORMATS[media_type]])
        if picture.width * picture.height > limits.pixels:
            raise Rejected(Problem.TOO_MANY_PIXELS)
        picture.load()
    except PermissionError:
        raise  # our own confinement, not the picture's fault
    except _FAULTS:
        raise Rejected(Problem.DAMAGED) from None
    return picture
