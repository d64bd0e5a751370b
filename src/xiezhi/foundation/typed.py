"""What people type, without the characters that nobody sees."""

from __future__ import annotations

import re
from typing import Final

# Controls except tab and line feed; marks of width nothing; marks that turn the direction of what
# follows, and so the order of a name. Joiners stay: some scripts are not written without them. So
# do private and unassigned characters: rare characters of names (生僻字) are among them.
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


def as_seen(text: str) -> str:
    """Return ``text`` as it looks; lines end with a line feed."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n"))
