"""What may be permitted on posts."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class StaffPermission(Permission):
    """Acts on accounts and posts of staff."""

    READ_POST = "staff.post.read"
    APPOINT = "staff.post.appoint"
