"""What is chosen before a filing begins: the city, then the court."""

from __future__ import annotations

from django import forms


class CourtForm(forms.Form):
    """The court that is to take the filing."""

    court = forms.CharField(max_length=16, error_messages={"required": "请选择向哪个法院起诉。"})
