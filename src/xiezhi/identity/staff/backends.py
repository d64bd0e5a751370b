"""The authentication backend of staff: a login name and a password."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from typing_extensions import override

from xiezhi.identity.staff.models import StaffAccount


class StaffBackend(BaseBackend):
    """Check the password of an account of staff; what it may do is no business of this class.

    An unknown name costs as much time as a wrong password.
    """

    @override
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: object,
    ) -> StaffAccount | None:
        """Return the account, or nothing."""
        del kwargs
        if username is None or password is None:
            return None
        account = StaffAccount.objects.filter(login_name=username).first()
        if account is None:
            StaffAccount().set_password(password)
            return None
        matches = account.check_password(password)
        return account if matches and account.is_active else None

    @override
    def get_user(self, user_id: UUID) -> StaffAccount | None:
        """Return the account of a session."""
        return StaffAccount.objects.filter(pk=user_id, is_active=True).first()
