"""Count failed proofs of a login, and lock out whoever fails too often (django-axes).

For logins that check their proofs themselves; those that ask Django's backends are counted there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address
from axes.utils import reset
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

BY_NAME_ALONE: Final = "any-address|"
"""Beginning of a name whose failures are counted together from wherever they come."""


def parameters(
    request_or_attempt: object, credentials: Mapping[str, str] | None = None
) -> list[str | list[str]]:
    """Say by what failures are counted: name and address, or the name alone where it says so."""
    name = (credentials or {}).get("username") or getattr(request_or_attempt, "username", "")
    return ["username"] if str(name).startswith(BY_NAME_ALONE) else [["username", "ip_address"]]


def locked(request: HttpRequest, name: str) -> bool:
    """Tell whether ``name`` is locked out; the answer to the request is then marked as such."""
    if AxesProxyHandler.is_allowed(request, {"username": name}):
        return False
    request.axes_locked_out = True  # type: ignore[attr-defined]  # what its middleware reads
    return True


def failed(request: HttpRequest, name: str) -> bool:
    """Count a failure of ``name`` and tell whether it was the last that is let pass."""
    user_login_failed.send(sender=__name__, credentials={"username": name}, request=request)
    return bool(getattr(request, "axes_locked_out", False))


def passed(request: HttpRequest, name: str) -> None:
    """Forget the failures of ``name``: from everywhere, or from this address if so counted."""
    address = None if name.startswith(BY_NAME_ALONE) else get_client_ip_address(request)
    reset(ip=address, username=name)
