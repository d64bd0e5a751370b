"""Resident identity numbers (公民身份号码), eighteen characters or the older fifteen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from xiezhi.law.errors import LawError
from xiezhi.law.identity.masking import mask_resident_id
from xiezhi.law.parameters import parameter
from xiezhi.law.results import Caution

BASIS = "《中华人民共和国居民身份证法》第三条；GB 11643"
_EIGHTEEN = re.compile(r"[1-9]\d{16}[\dX]")
_FIFTEEN = re.compile(r"[1-9]\d{14}")
_LENGTHS = (15, 18)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"  # GB 11643: ISO 7064 MOD 11-2
_STANDARD_SINCE = date(1984, 1, 1)


@dataclass(frozen=True, slots=True)
class ResidentId:
    """A valid number and what it says about its holder.

    ``number`` is as given (normalised); ``canonical`` always has eighteen characters.
    """

    number: str
    canonical: str
    area_code: str
    birth_date: date
    sex: str
    warnings: tuple[Caution, ...]

    @property
    def masked(self) -> str:
        """Return what may be shown."""
        return mask_resident_id(self.number)

    def age_on(self, day: date) -> int:
        """Return the age in full years on a day.

        Basis: 民法典第十七条至第二十条（民事年龄，生日当日为满周岁）。
        """
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def __str__(self) -> str:
        """Return the masked number, so that a log cannot leak it."""
        return self.masked


def check_resident_id(text: str, *, on: date | None = None) -> ResidentId:
    """Read a resident identity number and check form, birth date and check character.

    Basis: 居民身份证法第三条；GB 11643。
    Units: with ``on`` the birth date must not lie after that day.
    Refuses: ``LawError`` (``resident-id.length``, ``.characters``, ``.date``, ``.checksum``).
    An unknown area code is only a warning: codes of abolished areas stay valid.
    """
    number = _normalised(text)
    canonical = number if len(number) == _LENGTHS[1] else _upgraded(number)
    birth_date = _birth_date(canonical[6:14], on)
    if check_character(canonical[:17]) != canonical[17]:
        raise LawError(
            "身份证号码的校验码不正确，可能有数字填错。",
            code="resident-id.checksum",
            basis=BASIS,
            remedy="请对照证件逐位核对。",
        )
    sex = "男" if int(canonical[16]) % 2 else "女"
    return ResidentId(number, canonical, number[:6], birth_date, sex, _warnings(number, on))


def check_character(first_seventeen: str) -> str:
    """Return the last character of a number from its first seventeen digits.

    Basis: GB 11643 附录（ISO 7064 MOD 11-2）。
    """
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, first_seventeen, strict=True))
    return _CHECKS[total % 11]


def _normalised(text: str) -> str:
    number = re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", text)).upper()
    if len(number) not in _LENGTHS:
        raise LawError(
            f"身份证号码应为18位（旧证15位），现为{len(number)}位。",
            code="resident-id.length",
            basis=BASIS,
            remedy="请对照证件填写完整。",
        )
    if not number.isascii() or not (_EIGHTEEN.fullmatch(number) or _FIFTEEN.fullmatch(number)):
        raise LawError(
            "身份证号码只能由数字组成，18位号码的最后一位可以是X。",
            code="resident-id.characters",
            basis=BASIS,
            remedy="请对照证件逐位核对。",
        )
    return number


def _upgraded(fifteen: str) -> str:
    """Return the eighteen-character form: the century is 19, the check is computed."""
    first = f"{fifteen[:6]}19{fifteen[6:]}"
    return first + check_character(first)


def _birth_date(digits: str, on: date | None) -> date:
    wrong = LawError(
        "身份证号码中的出生日期不正确。",
        code="resident-id.date",
        basis=BASIS,
        remedy="请对照证件核对第7位至第14位。",
    )
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise wrong from None
    earliest = parameter("identity", "earliest-birth-year", _STANDARD_SINCE).value
    if born.year < earliest or (on is not None and born > on):
        raise wrong
    return born


def _warnings(number: str, on: date | None) -> tuple[Caution, ...]:
    found: list[Caution] = []
    if number[:2] not in parameter("identity", "provinces", _STANDARD_SINCE).value:
        text = "身份证号码的地区代码不在现行区划中，请核对证件原件。"
        found.append(Caution("resident-id.unknown-area", text, "GB/T 2260"))
    ended = parameter("identity", "first-generation-ended", _STANDARD_SINCE).value
    if len(number) == _LENGTHS[0] and (on is None or on >= ended):
        text = "这是第一代身份证的15位号码，该证已停止使用，请核对现行证件。"
        found.append(Caution("resident-id.first-generation", text, BASIS))
    return tuple(found)
