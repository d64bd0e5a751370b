"""The signature of an envelope: plain, or one signature for a batch with the way to its root.

The headers of a batch are the leaves of a Merkle tree whose root is signed once. What each
envelope carries then suffices to prove it alone: signature, place, and the path to the root.

Layout of a batch signature: four magic bytes, index and size of the batch (two bytes each,
big-endian), length of the signature (one byte), the signature, the path (32 bytes a step). No
plain signature is as long as the shortest of these, so the length alone tells the two apart.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xiezhi.security.algorithms import BadSignature, Suite, Verifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xiezhi.security.algorithms import Signer

MAX_TOGETHER: Final = 1024
MAX_PLAIN: Final = 80
_STEP: Final = 32
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"
_ROOT: Final = b"xiezhi batch 1\n"
_HEAD: Final = struct.Struct(">4sHHB")
_MAGIC: Final = b"XZM1"
_LONGEST_PATH: Final = (MAX_TOGETHER - 1).bit_length()
MAX_SIGNATURE: Final = _HEAD.size + MAX_PLAIN + _LONGEST_PATH * _STEP


@dataclass(frozen=True, slots=True)
class _Proof:
    index: int
    size: int
    signature: bytes
    path: tuple[bytes, ...]


def sign_together(messages: Sequence[bytes], suite: Suite, signer: Signer) -> list[bytes]:
    """Sign all of ``messages`` at once; each signature proves its own message alone.

    A single message gets a plain signature. Refuses: ``ValueError`` above ``MAX_TOGETHER``.
    """
    if len(messages) > MAX_TOGETHER:
        msg = "too many messages for one signature"
        raise ValueError(msg)
    if len(messages) <= 1:
        return [signer.sign(each) for each in messages]
    root, paths = _tree(suite, [suite.digest(_LEAF + each) for each in messages])
    signature = signer.sign(_signed_root(len(messages), root))
    return [
        _HEAD.pack(_MAGIC, index, len(messages), len(signature)) + signature + b"".join(path)
        for index, path in enumerate(paths)
    ]


def verify(message: bytes, signature: bytes, suite: Suite, verifier: Verifier) -> None:
    """Pass silently if ``signature`` is one of ``verifier``'s key over ``message``.

    A root is verified once, however many of its messages come. Refuses: ``BadSignature``.
    """
    if len(signature) <= MAX_PLAIN:
        verifier.verify(message, signature)
        return
    proof = _read(signature)
    root = _climb(suite, suite.digest(_LEAF + message), proof)
    _verify_root(verifier, _signed_root(proof.size, root), proof.signature)


# An error is never kept. The key is the verifier itself, so a replaced key finds nothing here.
@lru_cache(maxsize=256)
def _verify_root(verifier: Verifier, root: bytes, signature: bytes) -> None:
    verifier.verify(root, signature)


def _signed_root(size: int, root: bytes) -> bytes:
    return _ROOT + size.to_bytes(2, "big") + root


def _tree(suite: Suite, leaves: Sequence[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """Give root and paths, lowest step first. Basis: RFC 9162 section 2.1."""
    if len(leaves) == 1:
        return leaves[0], [[]]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    left, left_paths = _tree(suite, leaves[:half])
    right, right_paths = _tree(suite, leaves[half:])
    paths = [[*path, right] for path in left_paths] + [[*path, left] for path in right_paths]
    return suite.digest(_NODE + left + right), paths


def _read(signature: bytes) -> _Proof:
    magic, index, size, length = _HEAD.unpack_from(signature)
    path = signature[_HEAD.size + length :]
    fits = magic == _MAGIC and 1 < size <= MAX_TOGETHER and index < size
    if not fits or length > MAX_PLAIN or len(path) % _STEP or len(signature) > MAX_SIGNATURE:
        raise BadSignature("the proof of the batch is not well formed")
    steps = tuple(path[at : at + _STEP] for at in range(0, len(path), _STEP))
    return _Proof(index, size, signature[_HEAD.size : _HEAD.size + length], steps)


def _climb(suite: Suite, leaf: bytes, proof: _Proof) -> bytes:
    """Give the root that the path leads to. Basis: RFC 9162 section 2.1.3.2."""
    place, last, found = proof.index, proof.size - 1, leaf
    for step in proof.path:
        if last == 0:
            raise BadSignature("the path is too long")
        if place & 1 or place == last:
            found = suite.digest(_NODE + step + found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = suite.digest(_NODE + found + step)
        place, last = place >> 1, last >> 1
    if last:
        raise BadSignature("the path is too short")
    return found
