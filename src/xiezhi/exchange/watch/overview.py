"""One peer at a glance: what the operators' page shows, each figure by a function of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Q

from xiezhi.exchange.grants import GRANTS
from xiezhi.exchange.models import Alarm, Peer, PeerSight, Reconciliation, Skip
from xiezhi.exchange.permissions import ExchangePermission as May
from xiezhi.exchange.queries import (
    attachments_for,
    held_for,
    quarantined_for,
    unacknowledged_for,
    waiting_for,
)
from xiezhi.exchange.silence import watermark_of
from xiezhi.exchange.states import AccountState
from xiezhi.exchange.watch.counts import capped
from xiezhi.exchange.watch.delay import Oldest, oldest_under_way
from xiezhi.exchange.watch.finding import Finding
from xiezhi.exchange.watch.findings import findings
from xiezhi.exchange.watch.names import sequence_text
from xiezhi.exchange.watch.spans import span
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.pages.formats import date_text, file_size, moment
from xiezhi.foundation.permissions import require, visible


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong, with its alarm once the exchange process has raised one."""

    found: Finding
    alarm: Alarm | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a peer; the figures are made from it."""

    peer: Peer
    sight: PeerSight | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Glance:
    """How the exchange with one peer stands. Units: counts end at ten thousand."""

    site: str
    waiting: int
    unacknowledged: int
    held: int
    quarantined: int
    attachments: int
    oldest: Oldest | None
    problems: list[Problem]
    facts: Facts


def glance(actor: Actor, peer: str, at: datetime) -> Glance:
    """Tell how the exchange with one peer stands. Refuses: ``Forbidden`` unless an operator."""
    record = Peer.objects.filter(site=peer).first() or Peer(site=peer)
    require(GRANTS, May.WATCH, actor, record)
    return Glance(
        site=peer,
        waiting=capped(waiting_for(actor, peer)),
        unacknowledged=capped(unacknowledged_for(actor, peer)),
        held=capped(held_for(actor, peer)),
        quarantined=capped(quarantined_for(actor, peer)),
        attachments=capped(attachments_for(actor, peer)),
        oldest=oldest_under_way(peer),
        problems=_problems(actor, peer, at),
        facts=Facts(record, PeerSight.objects.filter(peer=peer).first(), at),
    )


def _problems(actor: Actor, peer: str, at: datetime) -> list[Problem]:
    rows = Alarm.objects.filter(visible(GRANTS, May.WATCH, actor), peer=peer, cleared_at=None)
    alarms = {(row.kind, row.peer, row.subject): row for row in rows}
    return [Problem(each, alarms.get(each.key)) for each in findings(peer, at)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of what is known: its name, its value, and what it means."""

    label: str
    value: str
    note: str = ""


def heard(facts: Facts) -> Figure:
    """Say when the last message of the peer came."""
    at = facts.peer.heard_at
    value = f"{moment(at)}（{span(facts.at - at)}前）" if at else "还没有收到过消息"
    return Figure("最近收到消息", value)


def numbers_out(facts: Facts) -> Figure:
    """Say our epoch, and the last number given to an envelope towards the peer."""
    peer = facts.peer
    return Figure(
        "发出编号",
        sequence_text(peer.epoch_out, peer.next_sequence - 1),
        "编号按发出先后编排；站点从备份恢复后，重新从第1号起编。",
    )


def numbers_in(facts: Facts) -> Figure:
    """Say the peer's epoch, and the highest number that has come."""
    peer = facts.peer
    value = sequence_text(peer.epoch_in, peer.highest_in) if peer.epoch_in else "还没有"
    return Figure("收到的最大编号", value)


def out_tray(facts: Facts) -> Figure:
    """Say what lies in our out tray and nobody has taken."""
    sight = facts.sight
    if sight is None or sight.backlog_files is None:
        return Figure("出件目录", "未知")
    if not sight.backlog_files:
        return Figure("出件目录", "已取空")
    size = file_size(sight.backlog_bytes)
    return Figure("出件目录", f"{sight.backlog_files:,}个文件，{size}，尚未取走")


_FERRY: Final = "摆渡程序在两个网络之间搬运文件，不读内容。"


def ferry(facts: Facts) -> Figure:
    """Say when the ferry was heard of last."""
    sight = facts.sight
    if sight is None or sight.ferry_at is None:
        return Figure("摆渡程序", "没有状态报告", "改由隔离设备搬运文件的，没有状态报告。")
    return Figure("摆渡程序", f"{span(facts.at - sight.ferry_at)}前报告过状态", _FERRY)


def disk(facts: Facts) -> Figure:
    """Say how much room the spool has."""
    sight = facts.sight
    if sight is None or sight.disk_free is None or not sight.disk_size:
        return Figure("磁盘剩余", "未知")
    share = sight.disk_free * 100 // sight.disk_size
    return Figure("磁盘剩余", f"{file_size(sight.disk_free)}（{share}%）")


def looked(facts: Facts) -> Figure:
    """Say when the exchange process looked last."""
    sight = facts.sight
    if sight is None:
        return Figure("交换程序", "还没有运行过")
    return Figure("交换程序", f"{span(facts.at - sight.seen_at)}前运行过")


def watermark(facts: Facts) -> Figure:
    """Say until when every act of the peer is known to be here and dealt with."""
    reached = watermark_of(facts.peer.site)
    note = "此前对方作出的行为都已到达并办理。"
    if reached is None:
        return Figure("对方的消息已收齐至", "还没有收到", note)
    return Figure("对方的消息已收齐至", f"{moment(reached)}（{span(facts.at - reached)}前）", note)


def versions(facts: Facts) -> Figure:
    """Say how many types of message the peer can deal with."""
    known = facts.peer.announced
    return Figure("对方能办理的消息", f"{len(known)}种" if known else "还没有告知")


def accounts(facts: Facts) -> Figure:
    """Say until which day both sites agree."""
    days = Reconciliation.objects.filter(peer=facts.peer.site)
    told = days.aggregate(
        agreed=Max("day", filter=Q(state=AccountState.AGREED)),
        differs=Count("id", filter=Q(state=AccountState.DIFFERS)),
    )
    if told["differs"]:
        return Figure("对账", f"{told['differs']}天不一致")
    return Figure("对账", f"{date_text(told['agreed'])}已核对一致" if told["agreed"] else "还没有")


def skipped(facts: Facts) -> Figure:
    """Say how many positions were passed over."""
    return Figure("跳过的消息", f"{Skip.objects.filter(peer=facts.peer.site).count()}条")


FIGURES: Final[tuple[Callable[[Facts], Figure], ...]] = (
    looked,
    ferry,
    heard,
    watermark,
    accounts,
    out_tray,
    numbers_out,
    numbers_in,
    versions,
    skipped,
    disk,
)


def figures(facts: Facts) -> list[Figure]:
    """Give every figure of one peer, in the order of the page."""
    return [make(facts) for make in FIGURES]
