"""Say how this site stands towards a peer: watermark, numbers had, what it understands."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings

from xiezhi.exchange.actions._peers import sealing_alone
from xiezhi.exchange.actions._watermark import watermark_towards
from xiezhi.exchange.announced import accepts
from xiezhi.exchange.envelope.standing import MAX_SPANS, Forgotten, Had, StandingHeader
from xiezhi.exchange.envelope.statement import sign_statement
from xiezhi.exchange.limits import standing_every
from xiezhi.exchange.models import Peer, Recovery
from xiezhi.exchange.trust import SiteTrust
from xiezhi.foundation.ids import uuid7

_STATED: Final = ("standing_sent_at", "watermark_out")


def owed_standings(peer: str, trust: SiteTrust, at: datetime, _limit: int) -> list[bytes]:
    """Sign a standing if the last one was some seconds ago.

    Locks: numbering for the peer, so that no relay numbers between the watermark and ``through``.
    """
    sent = Peer.objects.filter(site=peer).values_list("standing_sent_at", flat=True).first()
    if sent is not None and sent <= at < sent + standing_every():
        return []
    record = sealing_alone(peer)
    header = _standing(record, trust, at)
    record.standing_sent_at = at
    record.watermark_out = header.watermark or record.watermark_out
    record.save(update_fields=_STATED)
    _, signer = trust.signing(at)
    return [sign_statement(header, signer)]


def _standing(record: Peer, trust: SiteTrust, at: datetime) -> StandingHeader:
    suite, signer = trust.signing(at)
    recovering = record.recovering_since is not None
    return StandingHeader(
        id=uuid7(),
        src=settings.XIEZHI_SITE,
        dst=record.site,
        epoch=record.epoch_out,
        created_at=at,
        suite=suite.name,
        sender_key=signer.key_id,
        watermark=None if recovering else watermark_towards(record, at),
        through=record.next_sequence - 1,
        had=Had(epoch=record.epoch_in, numbers=tuple(record.received)[:MAX_SPANS]),
        accepts=accepts(),
        forgotten=_forgotten(record) if recovering else None,
    )


def _forgotten(record: Peer) -> Forgotten | None:
    restored = Recovery.objects.order_by("-begun_at").values_list("restored_at", flat=True).first()
    if restored is None or record.forgot_epoch is None or record.forgot_sequence is None:
        return None
    return Forgotten(
        restored_at=restored, epoch=record.forgot_epoch, sequence=record.forgot_sequence
    )
