"""Pages are shown as pictures made anew, never as what was handed in."""

import io
from pathlib import Path

import pytest
from PIL import Image

from xiezhi.files.rendering import THUMBNAIL_WIDTH, page_image, thumbnail
from xiezhi.files.sandbox.confinement import FONTS
from xiezhi.files.storage import content_name, content_store
from xiezhi.files.tests import samples
from xiezhi.files.tests.stored import stored
from xiezhi.foundation.errors import NotFound, Refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def picture_of(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_page_image_draws_each_page_of_a_pdf() -> None:
    blob = stored(samples.pdf(2))
    for page in (1, 2):
        drawn = page_image(blob, page, 600)
        assert drawn.media_type == "image/png"
        assert picture_of(drawn.content).size == (600, 850)


@pytest.mark.parametrize("page", [0, -1, 3])
def test_page_image_of_a_page_that_is_not_there_is_not_found(page: int) -> None:
    with pytest.raises(NotFound):
        page_image(stored(samples.pdf(2)), page, 600)


@pytest.mark.parametrize(("asked", "given"), [(1, 64), (10_000, 2400)])
def test_page_image_keeps_to_its_widths(asked: int, given: int) -> None:
    drawn = page_image(stored(samples.pdf(1, size=(100, 10))), 1, asked)
    assert picture_of(drawn.content).width == given


def test_page_image_of_a_thread_is_not_endless() -> None:
    drawn = picture_of(page_image(stored(samples.pdf(1, size=(3, 14_000))), 1, 600).content)
    assert drawn.height <= 600 * 5 + 1


def test_page_image_of_a_photograph_is_upright_and_without_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "taken at home"
    blob = stored(samples.picture("JPEG", size=(300, 200), exif=exif))
    drawn = page_image(blob, 1, 100)
    shown = picture_of(drawn.content)
    assert (drawn.media_type, shown.size) == ("image/jpeg", (100, 150))
    assert dict(shown.getexif()) == {}
    assert b"taken at home" not in drawn.content


def test_page_image_carries_nothing_that_was_appended() -> None:
    blob = stored(samples.picture("JPEG") + b"appended by a stranger")
    assert b"stranger" not in page_image(blob, 1, 2400).content


def test_thumbnail_of_a_transparent_picture_is_on_white() -> None:
    sink = io.BytesIO()
    Image.new("RGBA", (500, 500), (0, 0, 0, 0)).save(sink, "PNG")
    shown = picture_of(thumbnail(stored(sink.getvalue())).content)
    assert shown.size == (THUMBNAIL_WIDTH, THUMBNAIL_WIDTH)
    assert shown.getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.soak
def test_page_image_of_the_finest_picture_that_is_taken_fits_into_memory() -> None:
    sink = io.BytesIO()
    Image.new("RGBA", (11_000, 10_900), "white").save(sink, "PNG", compress_level=1)
    assert picture_of(page_image(stored(sink.getvalue()), 1, 2400).content).width == 2400


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [("I;16", 128 * 256, 128), ("1", 1, 255), ("P", 0, 0), ("LA", (90, 255), 90)],
)
def test_page_image_keeps_the_grey_of_every_kind_of_png(
    mode: str, colour: int | tuple[int, int], shown: int
) -> None:
    sink = io.BytesIO()
    Image.new(mode, (50, 50), colour).save(sink, "PNG")
    drawn = picture_of(page_image(stored(sink.getvalue()), 1, 64).content)
    assert drawn.getpixel((10, 10)) == (shown, shown, shown)


@pytest.mark.skipif(
    not any(path for folder in FONTS for path in Path(folder).rglob("*CJK*")),
    reason="no Chinese typeface is installed",
)
def test_page_image_of_a_document_without_its_typeface_is_drawn() -> None:
    blank = page_image(stored(samples.pdf(1, size=(300, 200))), 1, 400).content
    assert len(page_image(stored(samples.without_typeface()), 1, 400).content) > 2 * len(blank)


def test_page_image_of_a_missing_content_names_it() -> None:
    blob = stored(name="借条.pdf")
    content_store().delete(content_name(blob.pk))
    with pytest.raises(Refusal, match="借条"):
        page_image(blob, 1, 600)
