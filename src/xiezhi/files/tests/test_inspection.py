"""Files are judged by their content, outside this process, and refused in words that help."""

import io
import time

import pytest
from pytest_django.fixtures import Settings

from xiezhi.files.inspection import inspect
from xiezhi.files.inspection.inspect import judge
from xiezhi.files.inspection.limits import upload_limits
from xiezhi.files.inspection.refusals import (
    BY_PROBLEM,
    FileActive,
    FileDamaged,
    FileEmpty,
    FileLocked,
    FileMixed,
    FileRefused,
    FileTooComplex,
    FileTooLarge,
    FileTooManyPages,
    FileTooManyPixels,
    FileTypeRefused,
)
from xiezhi.files.memory import in_memory
from xiezhi.files.sandbox.pool import Pool
from xiezhi.files.sandbox.protocol import Problem
from xiezhi.files.tests import samples


def found(content: bytes, *, name: str = "借条.pdf") -> tuple[str, int]:
    finding = inspect(io.BytesIO(content), name=name)
    assert finding.size == len(content)
    return finding.media_type.value, finding.pages


@pytest.mark.parametrize(
    ("content", "media_type", "pages"),
    [
        (samples.pdf(3), "application/pdf", 3),
        (b"\xef\xbb\xbf\r\n" + samples.pdf(), "application/pdf", 1),
        (samples.saved(samples.document(), owner="secret"), "application/pdf", 1),
        (samples.with_link(), "application/pdf", 2),
        (samples.picture("JPEG"), "image/jpeg", 1),
        (samples.picture("JPEG") + b"motion photo" * 50, "image/jpeg", 1),
        (samples.picture("PNG"), "image/png", 1),
    ],
)
def test_inspect_takes_ordinary_files(content: bytes, media_type: str, pages: int) -> None:
    assert found(content) == (media_type, pages)


def test_inspect_judges_by_content_not_by_name() -> None:
    assert found(samples.picture("PNG"), name="合同.pdf") == ("image/png", 1)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", FileEmpty),
        (b"<html><body>x</body></html>", FileTypeRefused),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileTypeRefused),
        (samples.archive(), FileTypeRefused),
        (b"GIF89a" + bytes(50), FileTypeRefused),
        (b"\0" * 5000, FileTypeRefused),
        (b"<script>alert(1)</script>" + samples.pdf(), FileMixed),
        (b"GIF89a" + samples.pdf(), FileMixed),
        (samples.picture("JPEG") + samples.archive(), FileMixed),
        (samples.pdf() + samples.archive(), FileMixed),
        (samples.picture("JPEG", comment=b"<script>alert(1)</script>"), FileMixed),
        (samples.saved(samples.document(), password="secret"), FileLocked),
        (samples.pdf(20)[:-600], FileDamaged),
        (samples.pdf()[:200] + b"%%EOF", FileDamaged),
        (b"%PDF-1.7\n%%EOF", FileDamaged),
        (samples.picture("JPEG", size=(900, 900))[:-900], FileDamaged),
        (samples.picture("PNG", size=(900, 900))[:-900], FileDamaged),
        (b"\x89PNG\r\n\x1a\n", FileDamaged),
        (samples.with_javascript(), FileActive),
        (samples.with_launch(), FileActive),
        (samples.with_attachment(), FileActive),
        (samples.png_bomb(), FileTooManyPixels),
        (samples.pdf(10_000), FileTooManyPages),
    ],
)
def test_inspect_refuses_hostile_and_broken_files(
    content: bytes, refusal: type[FileRefused]
) -> None:
    with pytest.raises(FileRefused) as refused:
        inspect(io.BytesIO(content), name="借条.pdf")
    assert type(refused.value) is refusal


def test_inspect_refuses_what_is_nested_without_end() -> None:
    with pytest.raises((FileTooComplex, FileDamaged)):
        inspect(io.BytesIO(samples.deeply_nested()), name="借条.pdf")


@pytest.mark.parametrize("pages", [2, 3])
def test_inspect_takes_pages_up_to_the_limit(settings: Settings, pages: int) -> None:
    settings.XIEZHI_UPLOAD_LIMIT_PAGES = 2
    if pages <= 2:
        assert found(samples.pdf(pages))[1] == pages
    else:
        with pytest.raises(FileTooManyPages, match="超过了 2 页"):
            inspect(io.BytesIO(samples.pdf(pages)), name="借条.pdf")


def test_inspect_takes_bytes_up_to_the_limit(settings: Settings) -> None:
    content = samples.pdf()
    settings.XIEZHI_UPLOAD_LIMIT_BYTES = len(content)
    assert found(content)[1] == 1
    settings.XIEZHI_UPLOAD_LIMIT_BYTES = len(content) - 1
    with pytest.raises(FileTooLarge):
        inspect(io.BytesIO(content), name="借条.pdf")


def test_inspect_stops_reading_at_the_limit(settings: Settings) -> None:
    class Endless:
        """A source that never ends."""

        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return bytes(size)

    settings.XIEZHI_UPLOAD_LIMIT_BYTES = 3 << 20
    source = Endless()
    with pytest.raises(FileTooLarge, match="超过了3MB"):
        inspect(source, name="录像.pdf")
    assert source.given <= 5 << 20


def test_inspect_gives_up_on_a_child_that_hangs() -> None:
    pool = Pool(seconds=0.0001)
    with in_memory(io.BytesIO(samples.pdf(1000)), most=10**8) as held:
        assert held is not None
        with pytest.raises(FileTooComplex):
            judge(held, name="借条.pdf", limits=upload_limits(), pool=pool)
    pool.close()


@pytest.mark.soak
def test_inspect_gives_up_on_a_page_that_draws_for_minutes() -> None:
    with pytest.raises(FileTooComplex):
        inspect(io.BytesIO(samples.operator_bomb(320)), name="借条.pdf")
    assert found(samples.pdf())[1] == 1


def test_child_that_died_is_replaced() -> None:
    pool = Pool(children=1)
    with in_memory(io.BytesIO(samples.pdf()), most=10**8) as held:
        assert held is not None
        limits = upload_limits()
        assert judge(held, name="a", limits=limits, pool=pool).pages == 1
        child = pool._borrow()
        child.process.kill()
        child.process.wait()
        pool._return(child)
        assert judge(held, name="a", limits=limits, pool=pool).pages == 1
    pool.close()


def test_warm_child_answers_at_once() -> None:
    content = samples.pdf(5)
    found(content)
    start = time.perf_counter()
    for _ in range(5):
        found(content)
    assert time.perf_counter() - start < 2.5


def test_every_problem_has_a_sentence_and_a_way_on() -> None:
    assert set(BY_PROBLEM) == set(Problem)
    for refused in BY_PROBLEM.values():
        refusal = refused(name="借条.pdf", limit=50, pages=2000, megapixels=120)
        assert "借条.pdf" in str(refusal)
        assert str(refusal).endswith("。")
        assert refusal.next_step.startswith("请")
    assert len({refused.code for refused in BY_PROBLEM.values()}) == len(Problem)
