"""What can be permitted on the desk; moves bear the permissions of the conversation itself."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class DeskPermission(Permission):
    """Acts on the things of a desk."""

    READ = "desk.read"
    EDIT = "desk.edit"
