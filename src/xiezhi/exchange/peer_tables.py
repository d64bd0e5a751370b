"""The tables of the pages on peers."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from xiezhi.exchange.peering import PeerView, Traffic
from xiezhi.exchange.states import PeerState
from xiezhi.exchange.watch.names import type_label
from xiezhi.foundation.pages.components.forms import Choice
from xiezhi.foundation.pages.components.status import EmptyState, StatusChip, Tone
from xiezhi.foundation.pages.components.tables import Column, DataTable, TableRow
from xiezhi.foundation.pages.formats import short_date
from xiezhi.security.keys import PublicIdentity

_TONES: dict[PeerState, Tone] = {
    PeerState.PROPOSED: "wait",
    PeerState.ACTIVE: "done",
    PeerState.SUSPENDED: "alarm",
}


def peers_table(peers: Sequence[PeerView]) -> DataTable:
    """List the peers: who, in which state, and what is to be done."""
    return DataTable(
        caption="对方站点",
        columns=[
            Column(label="站点"),
            Column(label="代号", wrap=False),
            Column(label="类别"),
            Column(label="状态"),
            Column(label="公钥到期", align="right"),
            Column(label="需要处理"),
        ],
        rows=[
            TableRow(
                cells=[
                    each.label,
                    each.site,
                    each.role_label,
                    StatusChip(label=each.state.label, tone=_TONES[each.state]),
                    _ends(each),
                    _to_do(each),
                ],
                url=reverse("exchange:peer", args=[each.site]),
                alarm=bool(each.proposed or each.expiring),
            )
            for each in peers
        ],
        empty=EmptyState(
            title="没有对方站点",
            text="请对方生成介绍文件，上传后核对指纹，即可开始交换。",
            icon="transfer",
        ),
    )


def traffic_table(peer: PeerView) -> DataTable:
    """List the types of message and which way each may go."""
    return DataTable(
        caption="可以收发的消息种类",
        show_caption=True,
        columns=[
            Column(label="消息种类", wrap=False),
            Column(label="对方发来"),
            Column(label="我方发出"),
            Column(label="对方的介绍"),
        ],
        rows=[
            TableRow(
                cells=[
                    type_label(each.type),
                    "允许" if each.in_allowed else "不允许",
                    "允许" if each.out_allowed else "不允许",
                    _asked(each),
                ]
            )
            for each in peer.traffic
        ],
        empty=EmptyState(title="没有约定消息种类", icon="transfer"),
    )


def key_choices(keys: Sequence[PublicIdentity]) -> list[Choice]:
    """Offer the keys that are not revoked yet."""
    usable = [each for each in keys if not each.revoked]
    return [Choice(value=each.key_id, label=each.key_id) for each in usable]


def _asked(traffic: Traffic) -> str:
    words = [
        word for word, said in (("希望发来", traffic.offered), ("希望接收", traffic.wanted)) if said
    ]
    return "、".join(words) or "未提及"


def _ends(peer: PeerView) -> str:
    usable = [each.valid_to for each in peer.keys if not each.revoked]
    return short_date(max(usable)) if usable else "没有登记公钥"


def _to_do(peer: PeerView) -> str:
    words = []
    if peer.proposed:
        words.append(f"{len(peer.proposed)}个公钥待核对")
    if peer.expiring:
        left = peer.expiring.days_left
        words.append("公钥已到期" if not peer.expiring.step else f"公钥{left}天后到期")
    return "、".join(words) or "无"
