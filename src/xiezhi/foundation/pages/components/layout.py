"""Components that order a page: its head, cards, large tasks, figures, banners."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from xiezhi.foundation.pages.components.base import Component, Content, Text, component, item
from xiezhi.foundation.pages.components.status import Tone


@item
class Link:
    """Words that lead somewhere."""

    label: Text
    url: str
    icon: str = ""


@component
class PageHead(Component):
    """The head of a page: the way here, its title, one sentence, and what stands beside it."""

    title: Text
    lead: Text = ""
    crumbs: Sequence[Link] = ()
    aside: Content = ""


@component
class Card(Component):
    """A titled sheet; the content is the body of the call block."""

    body: Content
    title: Text = ""
    note: Text = ""
    aside: Content = ""
    identifier: str = ""
    level: Literal[2, 3, 4] = 2


@component
class TaskTile(Component):
    """A large task on a home page."""

    label: Text
    url: str
    icon: str
    text: Text = ""
    note: Content = ""


@component
class Stat(Component):
    """A figure one compares, with what it counts."""

    label: Text
    value: int | Decimal | str
    unit: Text = ""
    note: Text = ""
    tone: Tone = "plain"
    url: str = ""


@component
class NoticeBanner(Component):
    """A notice across the page."""

    text: Content
    title: Text = ""
    tone: Tone = "lead"
    links: Sequence[Link] = ()
