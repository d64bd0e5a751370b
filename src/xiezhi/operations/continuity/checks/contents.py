"""Stored files: each row has its file and its key opens it; one in many is read to its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from xiezhi.files.errors import ContentDamaged
from xiezhi.files.queries import every_kept_blob, open_kept
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7_floor
from xiezhi.operations.continuity.checks.step import Check, Step

READ_EVERY: Final = 100


def contents(actor: Actor, since: datetime) -> Check:
    """Return the check of all files that are to be there.

    The log tells of files that were stored after the backup had begun; those may not be in it yet
    and are only counted.
    """

    def check(step: Step) -> Iterator[str]:
        looked = read = later = 0
        newer = uuid7_floor(since)
        for blob in every_kept_blob(actor):
            looked += 1
            try:
                with open_kept(blob) as content:
                    if looked % READ_EVERY == 1:
                        read += 1
                        for _ in content.blocks():
                            pass
            except ContentDamaged:
                if blob.pk >= newer:
                    later += 1
                    continue
                yield f"文件 {blob.pk} 缺失、损坏或者密钥不符"
        step.note = f"文件{looked:,}个，完整读出{read:,}个"
        if later:
            step.note += f"；备份之后存入、尚未备份的{later:,}个"

    return check
