"""A content on its way in: counted and digested as it passes, stopped when it is too large."""

from collections.abc import Iterator

from xiezhi.files.inspection.limits import UploadLimits
from xiezhi.files.inspection.refusals import FileEmpty, FileTooLarge
from xiezhi.files.memory import Source
from xiezhi.security.algorithms.digests import digester

_STEP = 1 << 20


class Incoming:
    """What a source yields, read once."""

    def __init__(self, source: Source, *, name: str, limits: UploadLimits) -> None:
        """Keep the source; ``name`` is only quoted to the person."""
        self._source, self._name, self._limits = source, name, limits
        self._digest = digester()
        self.size = 0

    @property
    def digest(self) -> str:
        """Return the SM3 digest of what has passed, in hexadecimal."""
        return self._digest.hexdigest()

    def blocks(self) -> Iterator[bytes]:
        """Yield the content in order. Refuses: ``FileTooLarge``; ``FileEmpty``."""
        while block := self._source.read(_STEP):
            self.size += len(block)
            if self.size > self._limits.size:
                raise FileTooLarge(name=self._name, limit=self._limits.megabytes)
            self._digest.update(block)
            yield block
        if self.size == 0:
            raise FileEmpty(name=self._name)
