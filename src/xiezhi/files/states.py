"""The states of a blob."""

from typing import Final

from django.db.models import TextChoices

from xiezhi.files.permissions import BlobPermission
from xiezhi.foundation.machine import Machine, Move


class BlobState(TextChoices):
    """Where a blob stands."""

    STORED = "stored", "已保存"
    HELD = "held", "暂扣待查"
    DESTROYED = "destroyed", "已销毁"


BLOB: Final = Machine(
    initial=BlobState.STORED,
    final=frozenset({BlobState.DESTROYED}),
    moves=(
        Move(
            "hold",
            frozenset({BlobState.STORED}),
            BlobState.HELD,
            BlobPermission.HOLD,
            "人民法院在线运行规则第三十五条",
            "暂扣文件",
        ),
        Move(
            "release",
            frozenset({BlobState.HELD}),
            BlobState.STORED,
            BlobPermission.RELEASE,
            "人民法院在线运行规则第三十五条",
            "解除暂扣",
        ),
        Move(
            "destroy",
            frozenset({BlobState.STORED, BlobState.HELD}),
            BlobState.DESTROYED,
            BlobPermission.DESTROY,
            "个人信息保护法第四十七条",
            "销毁文件",
        ),
    ),
)
