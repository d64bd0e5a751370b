"""Components of forms: one field for every kind of input, uploads, actions, confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from typing_extensions import override

from xiezhi.foundation.pages.components.base import Component, Content, Text, component, item

FieldKind = Literal[
    "text",
    "textarea",
    "select",
    "radio",
    "checkboxes",
    "check",
    "date",
    "money",
    "number",
    "id_number",
    "phone",
    "email",
    "password",
    "file",
]
UploadState = Literal["uploading", "checking", "accepted", "warned", "refused"]

_LINES: Final[dict[str, tuple[str, str]]] = {
    # kind: (type attribute, keyboard that a phone shows)
    "text": ("text", "text"),
    "date": ("date", "none"),
    "money": ("text", "decimal"),
    "number": ("text", "numeric"),
    "id_number": ("text", "text"),
    "phone": ("tel", "tel"),
    "email": ("email", "email"),
    "password": ("password", "text"),
}
_GROUPED: Final = frozenset({"radio", "checkboxes"})
_FINDINGS: Final[dict[str, tuple[str, str, str]]] = {
    "uploading": ("lead", "cloud-upload", "正在上传"),
    "checking": ("wait", "hourglass", "正在检查"),
    "accepted": ("done", "circle-check", "检查通过"),
    "warned": ("wait", "alert-triangle", "请核对"),
    "refused": ("alarm", "circle-x", "未能接收"),
}


@item
class Choice:
    """One answer that can be chosen."""

    value: str
    label: Text
    hint: Text = ""


@component
class Field(Component):
    """One question of a form: label, control, help, legal ground, error.

    ``value`` is shown as given; a date or sum that was refused comes back as the text typed.
    """

    kind: FieldKind
    name: str
    label: Text
    value: str | Decimal | date | bool | Sequence[str] | None = None
    choices: Sequence[Choice] = ()
    help: Text = ""
    basis: Text = ""
    error: Text = ""
    required: bool = False
    placeholder: Text = ""
    autocomplete: str = "off"
    maxlength: int | None = None
    rows: int = 4
    accept: str = ""
    multiple: bool = False
    unit: Text = ""
    disabled: bool = False
    identifier: str = ""

    @override
    def variables(self) -> dict[str, object]:
        ident = self.identifier or f"field-{self.name}"
        parts = [(self.help, "help"), (self.basis, "basis"), (self.error, "error")]
        line_type, inputmode = _LINES.get(self.kind, ("text", "text"))
        return super().variables() | {
            "ident": ident,
            "described": " ".join(f"{ident}-{name}" for text, name in parts if text),
            "grouped": self.kind in _GROUPED,
            "chosen": self._chosen(),
            "shown": self._shown(),
            "line_type": line_type,
            "inputmode": inputmode,
            "suffix": self.unit or ("元" if self.kind == "money" else ""),
        }

    def _chosen(self) -> tuple[str, ...]:
        if self.value is None or self.value == "" or isinstance(self.value, bool):
            return ()
        if isinstance(self.value, str | Decimal | date):
            return (str(self.value),)
        return tuple(self.value)

    def _shown(self) -> str:
        if isinstance(self.value, Decimal):
            return f"{self.value:f}"
        return " ".join(self._chosen())


@item
class FieldError:
    """A finding on one field."""

    name: str
    label: Text
    message: Text


@component
class ErrorSummary(Component):
    """All findings of a form on top of it, each leading to its field."""

    errors: Sequence[FieldError]
    title: Text = "有几处需要您修改，已填写的内容都还在"


@component
class UploadTile(Component):
    """One file that was given: its progress, then what the inspection found."""

    name: Text
    state: UploadState
    finding: Text = ""
    size: int | None = None
    pages: int | None = None
    percent: int | None = None
    url: str = ""
    remedy: Text = ""
    actions: Content = ""

    @override
    def variables(self) -> dict[str, object]:
        tone, icon_name, words = _FINDINGS[self.state]
        return super().variables() | {"tone": tone, "icon_name": icon_name, "words": words}


@component
class UploadArea(Component):
    """Where files of one category are given; works as a plain file field without JavaScript.

    ``upload_url`` takes one file per POST (multipart, field ``name``) and answers with a tile.
    """

    name: str
    label: Text
    upload_url: str
    accept: str
    help: Text = ""
    basis: Text = ""
    error: Text = ""
    required: bool = False
    multiple: bool = True
    tiles: Sequence[Content] = ()
    identifier: str = ""

    @override
    def variables(self) -> dict[str, object]:
        ident = self.identifier or f"upload-{self.name}"
        parts = [(self.help, "help"), (self.basis, "basis"), (self.error, "error")]
        described = " ".join(f"{ident}-{name}" for text, name in parts if text)
        return super().variables() | {"ident": ident, "described": described}


@component
class Button(Component):
    """An act (submit) or a way (link); ``main`` once per page, ``danger`` for the irreversible."""

    label: Text
    kind: Literal["main", "quiet", "danger", "plain"] = "quiet"
    url: str = ""
    name: str = ""
    value: str = ""
    icon: str = ""
    key: str = ""
    form: str = ""
    formaction: str = ""
    skip_checks: bool = False
    disabled: bool = False


@component
class ActionBar(Component):
    """The acts of a page, always in reach; the body holds the buttons, the main one first."""

    body: Content
    note: Content = ""


@component
class ConfirmIrreversible(Component):
    """Ask before an act that cannot be undone: what follows, a statement to tick, the button.

    It stands inside the form it submits.
    """

    open_label: Text
    title: Text
    consequences: Sequence[Text]
    statement: Text
    label: Text
    name: str = ""
    value: str = ""
    basis: Text = ""
    danger: bool = True
    identifier: str = "confirm"
    key: str = ""
