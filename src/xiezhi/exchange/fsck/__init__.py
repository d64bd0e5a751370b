"""The outside look at the exchange's tables: what must hold, read and never mended."""

from xiezhi.exchange.fsck.examine import Examination, examine
from xiezhi.exchange.fsck.finding import Finding

__all__ = ["Examination", "Finding", "examine"]
