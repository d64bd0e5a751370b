"""What an operator types to log in."""

from __future__ import annotations

from django import forms


class PasswordForm(forms.Form):
    """A login name and a password."""

    login_name = forms.CharField(
        max_length=40, error_messages={"required": "请填写登录名。", "max_length": "登录名过长。"}
    )
    password = forms.CharField(
        max_length=128, strip=False, error_messages={"required": "请填写密码。"}
    )


class CodeForm(forms.Form):
    """The six digits that the authenticator shows, or a recovery code."""

    code = forms.CharField(
        max_length=40,
        error_messages={"required": "请填写动态口令。", "max_length": "动态口令过长，请核对。"},
    )
