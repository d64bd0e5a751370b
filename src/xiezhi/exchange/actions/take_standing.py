"""Take a peer's standing: its watermark, what it has of ours, what it understands."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog
from django.db import transaction

from xiezhi.exchange.actions._peers import begin_epoch, peer_of
from xiezhi.exchange.actions.begin_recovery import begin_recovery
from xiezhi.exchange.actions.take_announcement import take_announcement
from xiezhi.exchange.envelope.standing import StandingHeader
from xiezhi.exchange.limits import clock_tolerance, last_epoch
from xiezhi.exchange.models import Peer, RecallTask
from xiezhi.exchange.signals import wake_relay
from xiezhi.exchange.silence import complete_up_to
from xiezhi.foundation.actors import Actor

log = structlog.get_logger(__name__)

_TAKEN: Final = (
    *("epoch_in", "highest_in", "received", "heard_at"),
    *("pledge_in", "pledge_through", "watermark_in", "standing_at", "standing_taken_at"),
    *("peer_epoch_seen", "peer_received", "peer_recovering"),
)


@transaction.atomic
def take_standing(*, header: StandingHeader, data: bytes, at: datetime, actor: Actor) -> None:  # noqa: ARG001 - a statement's taker gets the envelope too
    """Note what the peer says of itself; an older word that comes later changes nothing.

    A new epoch means that the peer was restored: its numbers are counted anew and what it forgot
    is returned. If the peer has numbers of ours that we never gave, it is we who were restored
    without being told: recovery begins. Idempotent; locks the peer's row.

    A clock that is ahead proves nothing: what it pledged is not believed, and the words that follow
    once it is set right are not older for that.
    """
    peer_of(header.src)
    peer = Peer.objects.select_for_update(no_key=True).get(site=header.src)
    latest = at + clock_tolerance()
    if peer.standing_at is not None and header.created_at <= peer.standing_at <= latest:
        return
    if header.epoch < peer.epoch_in:
        return
    if header.epoch > peer.epoch_in:
        if peer.epoch_in:
            log.warning("peer began a new epoch", peer=peer.site, epoch=header.epoch)
        begin_epoch(peer, header.epoch)
    if complete_up_to(peer, peer.pledge_through) and peer.pledge_in is not None:
        peer.watermark_in = max(peer.pledge_in, peer.watermark_in or peer.pledge_in)
    if header.created_at > latest:
        log.error("the clock of a peer is ahead of ours", peer=peer.site)
    elif header.watermark is not None:
        peer.pledge_in, peer.pledge_through = min(header.watermark, at), header.through
    peer.standing_at, peer.standing_taken_at, peer.heard_at = header.created_at, at, at
    peer.peer_epoch_seen, peer.peer_received = header.had.epoch, header.had.numbers
    peer.peer_recovering = header.forgotten is not None
    peer.save(update_fields=_TAKEN)
    take_announcement(peer=header.src, accepts=header.accepts)
    if header.forgotten is not None:
        _owe_recall(header, at)
    if _ahead_of_us(peer, header):
        _recover(peer, header, at=at, actor=actor)


def _recover(peer: Peer, header: StandingHeader, *, at: datetime, actor: Actor) -> None:
    if header.had.epoch > last_epoch(at):
        log.critical("a peer names an epoch that cannot have been ours", peer=peer.site)
        return
    log.critical("this site was restored without being told", peer=peer.site)
    seen = header.had.epoch
    begin_recovery(restored_at=at, at=at, cause="noticed", seen=seen, actor=actor)


def _owe_recall(header: StandingHeader, at: datetime) -> None:
    if header.forgotten is None:
        return
    _, made = RecallTask.objects.get_or_create(
        peer=header.src,
        epoch=header.epoch,
        defaults={
            "restored_at": header.forgotten.restored_at,
            "forgot_epoch": header.forgotten.epoch,
            "forgot_sequence": header.forgotten.sequence,
            "knows_epoch": header.had.epoch,
            "knows": [list(span) for span in header.had.numbers],
            "begun_at": at,
        },
    )
    if made:
        log.warning("peer was restored; returning what it forgot", peer=header.src)
        wake_relay()


def _ahead_of_us(peer: Peer, header: StandingHeader) -> bool:
    had = header.had
    if had.epoch != peer.epoch_out:
        return had.epoch > peer.epoch_out
    highest = max((last for _, last in had.numbers), default=0)
    return highest >= peer.next_sequence
