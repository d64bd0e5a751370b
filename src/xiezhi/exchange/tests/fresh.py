"""Two sites whose keys are a test's own, to be turned and taken back."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from xiezhi.contracts.traffic import SiteRole
from xiezhi.exchange.actions.confirm_key import confirm_key
from xiezhi.exchange.actions.introduce import introduce
from xiezhi.exchange.introduction import write_introduction
from xiezhi.exchange.models import Peer, ProposedKey
from xiezhi.exchange.tests.notes import AT
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.transactions import acting
from xiezhi.security.keys import KeyRing

ADMIN = Actor.staff(
    uuid7(), post_id=uuid7(), unit_id="C1", roles=frozenset({"system_admin"}), name="运维"
)


def copied(directories: dict[str, Path], to: Path) -> dict[str, Path]:
    """Copy the keys of both sites."""
    for name, folder in directories.items():
        shutil.copytree(folder, to / name / "keys")
    return {name: to / name / "keys" for name in directories}


def introduction_of(
    ring: KeyRing, role: SiteRole = SiteRole.PARTNER, name: str = "江州银行", at: datetime = AT
) -> bytes:
    """Write what a site's operators send."""
    return write_introduction(ring, role=role, name=name, at=at).encode()


def take_in(data: bytes) -> Peer:
    """Take in an introduction as an operator."""
    with acting(ADMIN):
        return introduce(data=data, actor=ADMIN, at=AT)


def proposals(site: str) -> list[ProposedKey]:
    """List the keys that a site has proposed."""
    return list(ProposedKey.objects.filter(peer=site).order_by("id"))


def hear(key: ProposedKey, heard: str | None = None, at: datetime = AT) -> ProposedKey:
    """Confirm a key as an operator who heard the end of its fingerprint."""
    with acting(ADMIN):
        return confirm_key(
            proposal_id=key.id,
            heard=key.fingerprint[-8:].upper() if heard is None else heard,
            actor=ADMIN,
            at=at,
        )
