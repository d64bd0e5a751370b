"""What can be permitted on an account."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class AccountPermission(Permission):
    """Acts on an account."""

    READ = "account.read"
