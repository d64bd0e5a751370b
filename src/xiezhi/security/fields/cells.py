"""One encrypted value: key version, nonce, ciphertext and tag, bound to its place."""

from dataclasses import dataclass, field
from typing import Final

from xiezhi.security.algorithms import BadSeal
from xiezhi.security.keys import ring

VERSION_SIZE: Final = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """An encrypted value as the database keeps it, not yet decrypted."""

    stored: bytes = field(repr=False)

    @property
    def version(self) -> int:
        """Return the key version it was encrypted under."""
        return int.from_bytes(self.stored[:VERSION_SIZE], "big")


def seal_cell(plaintext: bytes, place: str) -> Cell:
    """Encrypt a value under the current field key.

    ``place`` is table, column and primary key: a value copied to another row does not open.
    """
    keys = ring()
    version = keys.fields.current.version
    sealed = keys.field_aead(version).seal(plaintext, aad=_context(place, version))
    return Cell(version.to_bytes(VERSION_SIZE, "big") + sealed)


def open_cell(cell: Cell, place: str) -> bytes:
    """Decrypt a value under the key version it names.

    Refuses: ``BadSeal`` when it was changed or belongs elsewhere; ``UnknownKey``.
    """
    if len(cell.stored) < VERSION_SIZE:
        raise BadSeal("the encrypted value is cut off")
    aead = ring().field_aead(cell.version)
    return aead.open(cell.stored[VERSION_SIZE:], aad=_context(place, cell.version))


def _context(place: str, version: int) -> bytes:
    return f"xiezhi field|{place}|{version}".encode()
