"""What operators type: a reason, a message id, a place to pass over."""

from __future__ import annotations

from typing import Final

from django import forms

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
