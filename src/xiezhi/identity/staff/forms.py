"""What staff type to log in."""

from __future__ import annotations

from django import forms


class LoginForm(forms.Form):
    """A login name and a password."""

    login_name = forms.CharField(max_length=60, error_messages={"required": "请填写登录名。"})
    password = forms.CharField(
        max_length=128, strip=False, error_messages={"required": "请填写密码。"}
    )


class PostForm(forms.Form):
    """The post in which the session is to act."""

    post = forms.UUIDField(error_messages={"required": "请选择要使用的身份。"})
