"""What people call the sites, and the types of messages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from django.conf import settings

from xiezhi.foundation.pages.formats import moment

FIRST_EPOCH: Final = 1
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
    "exchange.key_offered": "新公钥通知",
    "exchange.key_revoked": "公钥吊销通知",
}
CONVERSATIONS: Final = {
    "application": "立案申请",
    "disclosure": "公开事项",
    "account": "对账",
    "exchange:skips": "跳过通知",
    "exchange:return": "交还消息",
}
FORMATS: Final = {
    "application/pdf": "PDF文件",
    "image/jpeg": "JPEG图片",
    "image/png": "PNG图片",
    "image/tiff": "TIFF图片",
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


def conversation_label(conversation: str) -> str:
    """Name a conversation: what it is about, then its number as it is."""
    for kind, words in CONVERSATIONS.items():
        if conversation == kind or conversation.startswith(f"{kind}:"):
            return f"{words} {conversation.removeprefix(kind).removeprefix(':')}".strip()
    return conversation


def format_label(media_type: str) -> str:
    """Name the format of a file."""
    return FORMATS.get(media_type, media_type)


def sequence_text(epoch: int | None, sequence: int | None) -> str:
    """Say the number of an envelope; an epoch that began with a restore is named by its time."""
    number = f"第{sequence or 0:,}号"
    if not epoch or epoch == FIRST_EPOCH:
        return number
    return f"{moment(datetime.fromtimestamp(epoch, UTC))}恢复后{number}"
