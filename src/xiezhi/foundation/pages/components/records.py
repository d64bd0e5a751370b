"""Components that show records: definitions, parties, receipts, refusals, changes, materials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

from typing_extensions import override

from xiezhi.foundation.pages.components.base import Component, Content, Text, component, item
from xiezhi.foundation.pages.components.layout import Link


@item
class Row:
    """A term and its value."""

    label: Text
    value: Content
    note: Text = ""
    numeric: bool = False


@component
class DefinitionList(Component):
    """Terms and values."""

    rows: Sequence[Row]
    columns: bool = False


@component
class PartyCard(Component):
    """A party: who, in which position, and what is known, hidden unless asked for.

    ``rows`` come masked when ``masked`` is true; ``reveal_url`` answers with the card unmasked and
    records who looked.
    """

    name: Text
    position: Text
    rows: Sequence[Row]
    kind: Text = ""
    masked: bool = False
    reveal_url: str = ""
    edit_url: str = ""
    identifier: str = ""


@component
class ReceiptCard(Component):
    """What the person may keep: number, time, what was received, where to look it up."""

    title: Text
    number: Text
    at: datetime
    rows: Sequence[Row] = ()
    note: Text = ""
    links: Sequence[Link] = ()


@component
class RefusalPanel(Component):
    """What was not done, why, under which article, and what to do next."""

    text: Text
    remedy: Text = ""
    basis: Text = ""
    request_id: Text = ""
    title: Text = "这一步没有办成"
    links: Sequence[Link] = ()


@item
class DiffRow:
    """One term before and after."""

    label: Text
    before: Text
    after: Text

    def parts(self) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
        """Split both texts into runs, each with whether it changed."""
        before: list[tuple[str, bool]] = []
        after: list[tuple[str, bool]] = []
        codes = SequenceMatcher(None, self.before, self.after, autojunk=False).get_opcodes()
        for tag, a, b, c, d in codes:
            if b > a:
                before.append((self.before[a:b], tag != "equal"))
            if d > c:
                after.append((self.after[c:d], tag != "equal"))
        return before, after


@component
class Diff(Component):
    """What changed between two versions, term by term."""

    rows: Sequence[DiffRow]
    before_label: Text = "修改前"
    after_label: Text = "修改后"
    caption: Text = "修改对照"


@item
class Material:
    """A document beside a form: its pages as pictures."""

    name: Text
    pages: Sequence[str]
    note: Text = ""
    url: str = ""


@component
class Viewer(Component):
    """A form on one side, the pages of the materials on the other, with zoom and keys."""

    body: Content
    materials: Sequence[Material]
    title: Text = "材料"
    body_title: Text = "申请内容"

    @override
    def variables(self) -> dict[str, object]:
        total = sum(len(material.pages) for material in self.materials)
        return super().variables() | {"total": total}
