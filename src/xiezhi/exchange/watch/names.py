"""What people call the sites, and the types of messages."""

from __future__ import annotations

from typing import Final

from django.conf import settings

PEERS: Final = {"service": "互联网诉讼服务", "court": "法院专网"}
TYPES: Final = {
    "application.submitted": "立案申请",
    "application.received": "收到申请",
    "application.under_review": "开始审查",
    "application.accepted": "受理立案",
    "application.rejected": "不予受理",
    "disclosure.published": "公开事项",
    "exchange.position_skipped": "跳过通知",
    "exchange.message_returned": "交还消息",
    "exchange.return_ended": "交还完毕",
    "exchange.account_detail": "对账明细",
}


def peer_label(site: str) -> str:
    """Name a site as people do."""
    return PEERS.get(site, site)


def own_label() -> str:
    """Name this site."""
    return peer_label(settings.XIEZHI_SITE)


def type_label(message_type: str) -> str:
    """Name a type of message, with its code where it has no other name."""
    return TYPES.get(message_type, message_type)
