from __future__ import annotations

import re
from datetime import date

import pypdfium2
import pytest
from pytest_django.fixtures import Settings

from xiezhi.casework.instruments import acceptance_notice, press
from xiezhi.casework.instruments.press import Sheet, print_pdf
from xiezhi.casework.instruments.wording import verification_code, written_date

LIMIT_BYTES = 60 * 1024
A4_POINTS = (595, 842)
SHEET = Sheet(
    title="受理案件通知书",
    court="鹤鸣市东渚区人民法院",
    number="（2026）示0102民初12号",
    code="K7QM-2PXA-9D4T",
    day="二〇二六年三月三日",
)


def facts(*defendants: str) -> acceptance_notice.Facts:
    return acceptance_notice.Facts(
        addressee=("王甲",),
        defendants=defendants,
        cause="民间借贷纠纷",
        submitted_on=date(2026, 3, 2),
        filing_date=date(2026, 3, 3),
        court_phone="0000-12368",
    )


def printed(*defendants: str) -> bytes:
    return print_pdf(acceptance_notice.STYLE, acceptance_notice.data(SHEET, facts(*defendants)))


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"\s+", "", "".join(pages))


@pytest.mark.parametrize(
    "field",
    [
        "鹤鸣市东渚区人民法院受理案件通知书（2026）示0102民初12号王甲：",
        "你诉李乙、赵丙民间借贷纠纷一案的起诉材料",
        "本院于2026年3月2日收到",
        "于2026年3月3日立案",
        "自接到该通知次日起七日内交纳",
        "特此通知。鹤鸣市东渚区人民法院二〇二六年三月三日",
        "核验码K7QM-2PXA-9D4T",
        "电话0000-12368",
        "-1-",
    ],
)
def test_every_field_stands_in_the_text_layer(field: str) -> None:
    assert field in text_of(printed("李乙", "赵丙"))


def test_every_paragraph_stands_in_the_text_layer_word_for_word() -> None:
    data = acceptance_notice.data(SHEET, facts("李乙"))

    body = "".join(str(each) for each in data["paragraphs"])  # type: ignore[attr-defined]
    assert body in text_of(print_pdf(acceptance_notice.STYLE, data))


def test_what_a_party_wrote_never_becomes_markup() -> None:
    hostile = '李乙*粗*#panic("x")$x$\\ `r` @a <b> //'

    assert re.sub(r"\s+", "", hostile) in text_of(printed(hostile))


def test_the_notice_is_one_light_page_of_a4() -> None:
    pdf = printed("李乙", "赵丙", "孙丁", "周戊", "吴己")

    document = pypdfium2.PdfDocument(pdf)
    size = tuple(round(points) for points in document[0].get_size())
    assert (len(document), size, len(pdf) <= LIMIT_BYTES) == (1, A4_POINTS, True)
    document.close()


def test_a_missing_typeface_is_a_fault_and_never_a_blank_page(settings: Settings) -> None:
    settings.XIEZHI_INSTRUMENT_FONTS = {"title": ["Nobody Has This"], "body": ["Nor This"]}
    press._compiler.cache_clear()

    with pytest.raises(press.TypefaceMissingError):
        printed("李乙")


def test_the_same_data_give_the_same_bytes() -> None:
    assert printed("李乙") == printed("李乙")


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 3, 2), "二〇二六年三月二日"),
        (date(2026, 10, 10), "二〇二六年十月十日"),
        (date(2030, 12, 31), "二〇三〇年十二月三十一日"),
        (date(2026, 11, 20), "二〇二六年十一月二十日"),
    ],
)
def test_dates_are_written_as_instruments_end(day: date, written: str) -> None:
    assert written_date(day) == written


def test_verification_codes_can_be_copied_from_paper() -> None:
    codes = {verification_code() for _ in range(200)}

    assert len(codes) == 200
    assert [
        c for c in codes if not re.fullmatch(r"(?:[2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", c)
    ] == []
