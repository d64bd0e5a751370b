"""A Merkle tree grown leaf by leaf: its root needs the memory of a few digests.

Basis: RFC 9162 section 2.1.1. Leaves and nodes are told apart by their first byte; the digest is
SM3 on every site, whatever suite signs.
"""

from __future__ import annotations

from typing import Final

from xiezhi.security.algorithms import digest

_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"


class Tree:
    """The right edge of a growing tree: the roots of its whole subtrees, the largest first."""

    __slots__ = ("_edge", "size")

    def __init__(self) -> None:
        """Begin with no leaf."""
        self.size = 0
        self._edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Append one leaf."""
        node = digest(_LEAF + leaf)
        # Each one at the end of the size's binary form is a whole subtree that the leaf completes.
        full = self.size
        while full & 1:
            node = digest(_NODE + self._edge.pop() + node)
            full >>= 1
        self._edge.append(node)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far; of an empty tree, the digest of nothing."""
        if not self._edge:
            return digest(b"")
        node = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            node = digest(_NODE + left + node)
        return node
