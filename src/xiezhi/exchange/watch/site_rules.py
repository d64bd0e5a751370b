"""Rules about the site: its process, the way to a peer, disks, clocks, keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from xiezhi.exchange.limits import alarm_after, disk_floor
from xiezhi.exchange.models import Peer, PeerSight, Reconciliation, RecoveredAct
from xiezhi.exchange.silence import watermark_of
from xiezhi.exchange.states import AccountState, AlarmKind
from xiezhi.exchange.trust import site_trust
from xiezhi.exchange.watch.finding import Finding
from xiezhi.exchange.watch.spans import span
from xiezhi.foundation.pages.formats import file_size, moment, short_date

SILENT_AFTER: Final = timedelta(seconds=60)
FERRY_SILENT_AFTER: Final = timedelta(seconds=60)
SKEW: Final = timedelta(seconds=30)
BACKLOG_FILES: Final = 1000
KEY_WARNING: Final = timedelta(days=30)


def silent_process(peer: str, at: datetime) -> Iterator[Finding]:
    """Find that the exchange process has not looked at this peer for a minute."""
    sight = PeerSight.objects.filter(peer=peer).first()
    if sight is None:
        yield Finding(
            AlarmKind.SILENT, peer, "交换程序还没有运行过，消息不会收发；请检查它是否已启动。"
        )
    elif sight.seen_at < at - SILENT_AFTER:
        yield Finding(
            AlarmKind.SILENT,
            peer,
            f"交换程序最近一次运行是{moment(sight.seen_at)}，此后消息没有收发；请检查它是否已停止。",
            since=sight.seen_at,
        )


def way(peer: str, at: datetime) -> Iterator[Finding]:
    """Find what stands in the way to a peer, as the exchange process saw it last."""
    sight = PeerSight.objects.filter(peer=peer).first()
    if sight is None:
        return
    if sight.way_fault:
        yield Finding(AlarmKind.TRAY, peer, f"收发目录不可用：{sight.way_fault}。")
    if sight.disk_free is not None and sight.disk_free < disk_floor():
        yield Finding(AlarmKind.DISK, peer, f"磁盘只剩{file_size(sight.disk_free)}。")
    if sight.backlog_files is not None and sight.backlog_files >= BACKLOG_FILES:
        yield Finding(
            AlarmKind.BACKLOG,
            peer,
            f"出件目录积压{sight.backlog_files}个文件，没有被取走；新消息留在队列中，不会丢失。",
            count=sight.backlog_files,
        )
    if sight.ferry_trouble:
        yield Finding(AlarmKind.FERRY, peer, f"摆渡程序发生故障：{sight.ferry_trouble}。")
    elif sight.ferry_at is not None and sight.ferry_at < at - FERRY_SILENT_AFTER:
        yield Finding(
            AlarmKind.FERRY,
            peer,
            f"摆渡程序已有{span(at - sight.ferry_at)}没有报告状态，两个网络之间的消息可能没有搬运。"
            "消息留在收发目录中，不会丢失；请检查摆渡程序是否在运行。",
            since=sight.ferry_at,
        )
    if sight.clock_skew is not None and abs(sight.clock_skew) >= SKEW.total_seconds():
        ahead = "快" if sight.clock_skew > 0 else "慢"
        skew = span(timedelta(seconds=abs(sight.clock_skew)))
        yield Finding(AlarmKind.CLOCK, peer, f"摆渡程序的时钟比本机{ahead}{skew}。")


def keys(peer: str, at: datetime) -> Iterator[Finding]:
    """Find keys, ours and the peer's, that end within a month and have no successor."""
    trust = site_trust()
    ours = [each.public for each in trust.ring.identities]
    for whose, identities in (("本站点", ours), ("对方", trust.book.identities(peer))):
        usable = [each for each in identities if not each.revoked and each.valid_to > at]
        last = max((each.valid_to for each in usable), default=None)
        if last is None:
            yield Finding(
                AlarmKind.KEY, peer, f"没有{whose}的有效密钥，消息不能封装或者核验。", subject=whose
            )
        elif last <= at + KEY_WARNING:
            left = (last - at).days
            text = f"{whose}的密钥将于{short_date(last)}到期，还有{left}天。"
            yield Finding(AlarmKind.KEY, peer, text, subject=whose)


def watermark(peer: str, at: datetime) -> Iterator[Finding]:
    """Find that the peer once said how far its acts are complete, and no longer gets on."""
    reached = watermark_of(peer)
    if reached is not None and reached < at - alarm_after():
        yield Finding(
            AlarmKind.WATERMARK,
            peer,
            f"只能确认{moment(reached)}以前的行为都已到达，此后的期限不能认定为逾期。",
            since=reached,
        )


def recovery(peer: str, at: datetime) -> Iterator[Finding]:
    """Find that one of the two sites has been restored and not yet remembered everything."""
    del at
    record = Peer.objects.filter(site=peer).first()
    if record is None:
        return
    if record.recovering_since is not None:
        text = "本站点从备份恢复，正等对方交还遗失的消息；完成之前不接受新的提交。"
        since = record.recovering_since
        yield Finding(AlarmKind.RECOVERY, peer, text, since=since, subject="own")
    if record.peer_recovering:
        text = "对方从备份恢复，本站点正在交还它遗失的消息。"
        yield Finding(AlarmKind.RECOVERY, peer, text, subject="peer")
    unchecked = RecoveredAct.objects.filter(peer=peer, closed_at=None).order_by("returned_at")
    if count := unchecked.count():
        oldest = unchecked.values_list("returned_at", flat=True).first()
        yield Finding(
            AlarmKind.RECOVERY,
            peer,
            f"恢复后由对方交还的{count}条消息尚待核对、补录。",
            since=oldest,
            subject="returned",
            count=count,
            queue="returned",
        )


def reconciliation(peer: str, at: datetime) -> Iterator[Finding]:
    """Find days of which the two sites do not hold the same messages."""
    del at
    days = Reconciliation.objects.filter(peer=peer, state=AccountState.DIFFERS)
    if count := days.count():
        yield Finding(
            AlarmKind.RECONCILIATION, peer, f"有{count}天的收发记录与对方不一致。", count=count
        )
