"""Components that show records: definitions, parties, receipts, refusals, changes, materials."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final

from typing_extensions import override

from xiezhi.foundation.pages.components.base import Component, Content, Text, component, item
from xiezhi.foundation.pages.components.layout import Link

# A change is read as words, not letters: what stays the same in between must be this long.
_SHORTEST_SAME: Final = 2


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
        a = c = 0
        for run in SequenceMatcher(
            None, self.before, self.after, autojunk=False
        ).get_matching_blocks():
            if 0 < run.size < _SHORTEST_SAME:
                continue
            _append(before, self.before[a : run.a], changed=True)
            _append(after, self.after[c : run.b], changed=True)
            a, c = run.a + run.size, run.b + run.size
            _append(before, self.before[run.a : a], changed=False)
            _append(after, self.after[run.b : c], changed=False)
        return before, after


def _append(parts: list[tuple[str, bool]], words: str, *, changed: bool) -> None:
    if words:
        parts.append((words, changed))


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
