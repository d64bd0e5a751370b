"""Read rendered HTML back into elements, for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset({"input", "br", "img", "meta", "link", "hr", "use", "path"})


@dataclass
class Element:
    """A tag with its attributes and all the text inside it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""

    def get(self, name: str) -> str:
        """Give an attribute, empty when absent."""
        return self.attributes.get(name, "")


@dataclass
class _State:
    elements: list[Element] = field(default_factory=list)
    open: list[Element] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.state = _State()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.state.elements.append(element)
        if tag not in _VOID:
            self.state.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        closed = self.state.open.pop()
        assert closed.tag == tag, f"<{closed.tag}> closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        for element in self.state.open:
            element.text += data


def elements(html: str) -> list[Element]:
    """Give all elements in document order; a wrongly closed tag fails."""
    reader = _Reader()
    reader.feed(html)
    assert not reader.state.open, f"never closed: {reader.state.open[-1].tag}"
    return reader.state.elements
