"""What the filing desk types and chooses."""

from __future__ import annotations

from django import forms

from xiezhi.casework.grounds import GROUNDS
from xiezhi.casework.states import WorkState

PENDING = "pending"
OVERDUE = "overdue"


class QueueFilter(forms.Form):
    """Which part of the queue."""

    state = forms.ChoiceField(
        choices=[(PENDING, "待办"), *WorkState.choices, (OVERDUE, "已逾期")], required=False
    )

    @property
    def chosen(self) -> str:
        """Return the chosen part; anything unknown shows what is to be done."""
        return (self.cleaned_data.get("state") if self.is_valid() else "") or PENDING


class AcceptForm(forms.Form):
    """The statement that must be ticked before a case is opened."""

    accept = forms.BooleanField(error_messages={"required": "请先勾选确认，再立案。"})


class RejectForm(forms.Form):
    """The ground, the reason, and the statement that must be ticked."""

    ground = forms.ChoiceField(
        choices=[(ground.code, ground.label) for ground in GROUNDS],
        error_messages={
            "required": "请选择不予受理的依据。",
            "invalid_choice": "请从列出的依据中选择。",
        },
    )
    reason = forms.CharField(
        min_length=10,
        max_length=4000,
        error_messages={
            "required": "请写明本案的具体情形。",
            "min_length": "理由过于简单，请写明本案的具体情形，至少10个字。",
            "max_length": "理由请控制在4000字以内。",
        },
    )
    reject = forms.BooleanField(error_messages={"required": "请先勾选确认，再作出决定。"})


class CaseSearch(forms.Form):
    """What cases are looked up by."""

    q = forms.CharField(max_length=100, required=False)
