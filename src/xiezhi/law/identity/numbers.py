"""Numbers of organisations, accounts, travellers and vehicles: form, check character, mask."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from xiezhi.law.errors import LawError
from xiezhi.law.identity.masking import mask
from xiezhi.law.results import Caution

CREDIT_BASIS = "GB 32100 法人和其他组织统一社会信用代码编码规则"
CARD_BASIS = "GB/T 19584 银行卡磁条信息格式；ISO/IEC 7812"
PASSPORT_BASIS = "《中华人民共和国护照法》第七条；《中华人民共和国出境入境管理法》"
PLATE_BASIS = "《中华人民共和国道路交通安全法》第八条、第十一条；GA 36 机动车号牌"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, power, 31) for power in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = re.compile(r"[1-9A-Y][1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_CARD = re.compile(r"[0-9]{16,19}")
_PASSPORTS = (
    (re.compile(r"E[0-9A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|1[45][0-9]{7}"), "普通护照"),
    (re.compile(r"(?:DE|D)[0-9]{7}"), "外交护照"),
    (re.compile(r"(?:SE|S)[0-9]{7}"), "公务护照"),
    (re.compile(r"(?:PE|P)[0-9]{7}"), "公务普通护照"),
    (re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})"), "港澳居民来往内地通行证"),
    (re.compile(r"[0-9]{8}"), "台湾居民来往大陆通行证"),
)
_FOREIGN = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")
_PLATE = re.compile(
    r"[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z]"
    r"(?:(?P<electric>[A-HJ-K][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJ-K])"
    r"|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9学警挂港澳])"
)
_TEN = 10


@dataclass(frozen=True, slots=True)
class Number:
    """A valid number of a known kind; prints masked, so that a log cannot leak it."""

    kind: str
    label: str
    number: str
    warnings: tuple[Caution, ...] = ()

    @property
    def masked(self) -> str:
        """Return what may be shown."""
        return mask(self.number, self.kind)

    def __str__(self) -> str:
        """Return the masked number."""
        return self.masked


def check_credit_code(text: str) -> Number:
    """Read a unified social credit code (统一社会信用代码) and check its last character.

    Basis: GB 32100；登记立案规定第六条（法人身份证明）。
    Refuses: ``LawError`` (``credit-code.format``, ``credit-code.checksum``). A wrong check
    character of the organisation code inside is only a warning.
    """
    code = _plain(text)
    if not _CREDIT.fullmatch(code):
        raise LawError(
            "统一社会信用代码应为18位数字和大写字母，不含I、O、S、V、Z。",
            code="credit-code.format",
            basis=CREDIT_BASIS,
            remedy="请对照营业执照逐位核对。",
        )
    if credit_check_character(code[:17]) != code[17]:
        raise LawError(
            "统一社会信用代码的校验码不正确，可能有字符填错。",
            code="credit-code.checksum",
            basis=CREDIT_BASIS,
            remedy="请对照营业执照逐位核对。",
        )
    warnings: tuple[Caution, ...] = ()
    if organisation_check_character(code[8:16]) != code[16]:
        text = "代码中的主体标识码（第9位至第17位）校验不符，请核对营业执照。"
        warnings = (Caution("credit-code.organisation", text, "GB 11714"),)
    return Number("credit-code", "统一社会信用代码", code, warnings)


def credit_check_character(first_seventeen: str) -> str:
    """Return the last character of a credit code.

    Basis: GB 32100（ISO 7064 MOD 31-3）。
    """
    total = sum(
        weight * _CREDIT_ALPHABET.index(char)
        for weight, char in zip(_CREDIT_WEIGHTS, first_seventeen, strict=True)
    )
    return _CREDIT_ALPHABET[-total % len(_CREDIT_ALPHABET)]


def organisation_check_character(first_eight: str) -> str:
    """Return the check character of an organisation code (组织机构代码).

    Basis: GB 11714。
    """
    alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    total = sum(
        weight * alphabet.index(char)
        for weight, char in zip(_ORGANISATION_WEIGHTS, first_eight, strict=True)
    )
    return "0123456789X"[-total % 11]


def check_bank_card(text: str) -> Number:
    """Read a bank card number and check its last digit.

    Basis: GB/T 19584；ISO/IEC 7812-1（Luhn）。
    Refuses: ``LawError`` (``bank-card.format``, ``bank-card.checksum``).
    """
    number = _plain(text)
    if not _CARD.fullmatch(number):
        raise LawError("银行卡号应为16位至19位数字。", code="bank-card.format", basis=CARD_BASIS)
    if _luhn(number) % _TEN:
        raise LawError(
            "银行卡号不正确，可能有数字填错。",
            code="bank-card.checksum",
            basis=CARD_BASIS,
            remedy="请对照卡面逐位核对。",
        )
    return Number("bank-card", "银行卡号", number)


def check_passport(text: str) -> Number:
    """Read the number of a passport or travel permit.

    Basis: 护照法第七条；民诉法解释第五百二十一条（外国人身份证明）。
    Refuses: ``LawError`` (``passport.format``). A number of no known Chinese kind is taken
    as foreign, with a warning.
    """
    number = _plain(text)
    for pattern, label in _PASSPORTS:
        if pattern.fullmatch(number):
            return Number("passport", label, number)
    if _FOREIGN.fullmatch(number):
        text = "不是中国护照或者通行证的号码形式，请核对外国护照原件。"
        return Number("passport", "外国护照", number, (Caution("passport.foreign", text),))
    raise LawError(
        "护照或者通行证号码不正确。",
        code="passport.format",
        basis=PASSPORT_BASIS,
        remedy="请对照证件逐位核对。",
    )


def check_plate(text: str) -> Number:
    """Read a vehicle plate (机动车号牌), ordinary or new energy.

    Basis: 道路交通安全法第十一条；GA 36。
    Refuses: ``LawError`` (``plate.format``).
    """
    plate = re.sub(r"[·・.•]", "", _plain(text))
    match = _PLATE.fullmatch(plate)
    if match is None:
        raise LawError(
            "机动车号牌号码不正确。",
            code="plate.format",
            basis=PLATE_BASIS,
            remedy="请按行驶证填写，例如“京A12345”。",
        )
    label = "新能源汽车号牌" if match["electric"] else "机动车号牌"
    return Number("plate", label, plate)


def _plain(text: str) -> str:
    return re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", text)).upper()


def _luhn(number: str) -> int:
    total = 0
    for place, char in enumerate(reversed(number)):
        digit = int(char) * (1 + place % 2)
        total += digit - 9 if digit >= _TEN else digit
    return total
