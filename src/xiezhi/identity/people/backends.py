"""The authentication backend: a blind index and a password."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest
from typing_extensions import override

from xiezhi.identity.people.models import Account


class BlindIndexBackend(BaseBackend):
    """Check the password of the account that the login found.

    ``username`` is a blind index: the throttle counts by it and stores nothing else. No account
    costs as much time as a wrong password, so that the clock does not tell which accounts exist.
    """

    @override
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        candidate: Account | None = None,
        **kwargs: object,
    ) -> Account | None:
        """Return the account, or nothing."""
        if username is None or password is None:
            return None
        if candidate is None:
            Account().set_password(password)
            return None
        matches = candidate.check_password(password)
        return candidate if matches and candidate.is_active else None

    @override
    def get_user(self, user_id: UUID) -> Account | None:
        """Return the account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
