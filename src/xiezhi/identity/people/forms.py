"""What a person types to register and to log in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from typing_extensions import override

from xiezhi.identity.people.models import Account
from xiezhi.law.errors import LawError
from xiezhi.law.identity import check_phone, check_resident_id


def _required(label: str) -> dict[str, str]:
    return {"required": f"请填写{label}。", "max_length": f"{label}过长，请核对。"}


_WEAK = {
    "password_too_short": "密码太短，至少要有{min_length}个字符。",
    "password_too_common": "这个密码太常见，容易被人猜到，请换一个。",
    "password_entirely_numeric": "密码不要只用数字，请加上字母或者符号。",
    "password_too_similar": "密码与您的姓名太接近，请换一个。",
}


class RegisterForm(forms.Form):
    """A name, an ID number, a phone and a password."""

    name = forms.CharField(max_length=50, min_length=2, error_messages=_required("姓名"))
    id_number = forms.CharField(max_length=32, error_messages=_required("公民身份号码"))
    phone = forms.CharField(max_length=32, error_messages=_required("手机号码"))
    password = forms.CharField(max_length=128, strip=False, error_messages=_required("密码"))
    agreed = forms.BooleanField(
        error_messages={"required": "请阅读并勾选，才能继续注册。"},
    )

    def clean_id_number(self) -> str:
        """Check the number."""
        return _checked(check_resident_id, self.cleaned_data["id_number"], "canonical")

    def clean_phone(self) -> str:
        """Check the phone; codes are sent to mobiles only."""
        text: str = self.cleaned_data["phone"]
        number = _checked(check_phone, text, "number")
        if not check_phone(text).mobile:
            raise ValidationError("请填写11位手机号码，固定电话不能用于注册。")
        return number

    @override
    def clean(self) -> dict[str, Any]:
        """Check the password against the rules and against the person's own numbers."""
        values: dict[str, Any] = self.cleaned_data
        password = values.get("password")
        if password:
            holder = Account(name=values.get("name", ""))
            try:
                validate_password(password, holder)
                _no_own_numbers(password, values)
            except ValidationError as error:
                self.add_error("password", _in_chinese(error))
        return values


class LoginForm(forms.Form):
    """A phone or ID number, and a password."""

    login = forms.CharField(max_length=64, error_messages=_required("手机号码或者公民身份号码"))
    password = forms.CharField(max_length=128, strip=False, error_messages=_required("密码"))


def _no_own_numbers(password: str, values: dict[str, Any]) -> None:
    """Refuse a password that holds the tail of the ID number or of the phone."""
    own = [str(values[name]) for name in ("id_number", "phone") if values.get(name)]
    if any(number[-6:] in password.upper() for number in own):
        raise ValidationError("密码不要包含您的手机号码或者身份号码中的数字。")


def _in_chinese(error: ValidationError) -> ValidationError:
    """Say the framework's findings in our words; it has no Chinese for all of them."""
    return ValidationError(
        [
            _WEAK[one.code].format(**(one.params or {})) if one.code in _WEAK else one
            for one in error.error_list
        ]
    )


def _checked(check: Any, text: str, part: str) -> str:
    try:
        return str(getattr(check(text), part))
    except LawError as error:
        raise ValidationError(f"{error.reason}{error.remedy}") from None
