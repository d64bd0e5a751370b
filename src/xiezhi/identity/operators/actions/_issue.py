"""Give an operator new proofs: a password, a secret, recovery codes. Each is shown once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import Forbidden
from xiezhi.identity.operators.models import Operator, RecoveryCode
from xiezhi.identity.operators.second_factor import (
    new_recovery_codes,
    new_secret,
    recovery_digest,
)

PASSWORD_BYTES: Final = 15


@dataclass(frozen=True, slots=True)
class Issued:
    """An operator and what it proves itself with; nowhere kept in clear but here."""

    operator: Operator
    password: str
    secret: str
    recovery_codes: tuple[str, ...]


def issue(operator: Operator, *, password: str = "") -> Issued:
    """Save the operator with new proofs, in force at once; the old ones are void.

    A password that is not given is drawn at random, 120 bits.
    """
    password = password or secrets.token_urlsafe(PASSWORD_BYTES)
    secret, codes = new_secret(), tuple(new_recovery_codes())
    operator.set_password(password)
    operator.secret = secret
    operator.last_step = 0
    operator.is_active = True
    operator.save()
    RecoveryCode.objects.filter(operator=operator).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(operator=operator, digest=recovery_digest(operator.pk, code)) for code in codes
    )
    return Issued(operator, password, secret, codes)


def only_the_system(actor: Actor, act: str) -> None:
    """Let nobody but the command line of the site keep these accounts. Refuses: ``Forbidden``."""
    if not actor.is_system:
        raise Forbidden(permission=act)
