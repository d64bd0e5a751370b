"""What operators type and choose: reasons, places, introductions, keys."""

from __future__ import annotations

from typing import Final

from django import forms

from xiezhi.exchange.introduction import MAX_BYTES
from xiezhi.exchange.models import Direction

SHORTEST_REASON: Final = 5
LONGEST_REASON: Final = 500


class ReasonForm(forms.Form):
    """Why an operator does what the page asks about."""

    reason = forms.CharField(
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        error_messages={
            "required": "请写明理由。",
            "min_length": f"理由过于简单，请至少写{SHORTEST_REASON}个字。",
            "max_length": f"理由请控制在{LONGEST_REASON}字以内。",
        },
    )


class FindForm(forms.Form):
    """Which message to look at."""

    q = forms.UUIDField()


class PlaceForm(forms.Form):
    """Which position of which conversation."""

    peer = forms.CharField(max_length=40)
    direction = forms.ChoiceField(choices=[("in", "对方发来"), ("out", "我方发出")])
    conversation = forms.CharField(max_length=128)
    position = forms.IntegerField(min_value=1)


ALGORITHMS: Final = (
    ("national", "国密（SM2、SM3、SM4）"),
    ("international", "国际（Ed25519、X25519、AES）"),
)


class IntroductionForm(forms.Form):
    """The introduction of a site, as its operators sent it."""

    file = forms.FileField(
        error_messages={
            "required": "请选择对方发来的介绍文件。",
            "empty": "这个文件是空的，请对方重新生成。",
        }
    )

    def content(self) -> bytes:
        """Return what was uploaded, one byte more than the limit at most."""
        uploaded: bytes = self.cleaned_data["file"].read(MAX_BYTES + 1)
        return uploaded


class HeardForm(forms.Form):
    """What was heard by telephone."""

    heard = forms.RegexField(
        r"^\s*([0-9A-Fa-f]\s*){8}$",
        max_length=20,
        error_messages={
            "required": "请输入电话中听到的指纹最后8位。",
            "invalid": "指纹的最后8位只含数字0至9和字母A至F。",
        },
    )


class MoveForm(forms.Form):
    """Whether a peer is to be suspended or taken up again."""

    move = forms.ChoiceField(choices=[("suspend", "暂停交换"), ("resume", "恢复交换")])


class PermitForm(forms.Form):
    """One type of message in one direction, and whether it may cross."""

    direction = forms.ChoiceField(choices=Direction.choices)
    type = forms.CharField(max_length=64)
    allowed = forms.BooleanField(required=False)


class KeyForm(forms.Form):
    """The key that is to be revoked, and the statement that must be ticked."""

    key_id = forms.CharField(max_length=64, error_messages={"required": "请选择密钥。"})
    revoke = forms.BooleanField(error_messages={"required": "请先勾选确认，再吊销。"})


class RotationForm(forms.Form):
    """The day from which a new key signs, and its algorithms."""

    valid_from = forms.DateField(
        input_formats=["%Y-%m-%d"],
        error_messages={"required": "请填写启用日期。", "invalid": "请填写有效的日期。"},
    )
    algorithm = forms.ChoiceField(
        choices=ALGORITHMS,
        error_messages={"required": "请选择算法。", "invalid_choice": "请从列出的算法中选择。"},
    )
