"""The tables of the operators' page on drills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from xiezhi.foundation.pages.components.status import EmptyState, StatusChip
from xiezhi.foundation.pages.components.tables import Column, DataTable, Pagination, TableRow
from xiezhi.foundation.pages.formats import moment
from xiezhi.operations.continuity.models import Drill

_MINUTE = 60
_TENTH = 0.1


def steps_of(drill: Drill) -> DataTable:
    """Give the steps of one drill, each with its time."""
    return DataTable(
        caption="各步骤",
        columns=[
            Column(label="步骤", wrap=False),
            Column(label="用时", align="right", wrap=False),
            Column(label="核对数量"),
            Column(label="结果", wrap=False),
        ],
        rows=[
            TableRow(
                cells=[
                    step["label"],
                    spoken(step["seconds"]),
                    step["note"] or "—",
                    _result(step),
                ],
                alarm=bool(step["findings"]),
            )
            for step in drill.steps
        ],
        empty=EmptyState(title="没有开始任何步骤"),
    )


def history(drills: Sequence[Drill], pagination: Pagination) -> DataTable:
    """Give the drills, newest first."""
    return DataTable(
        caption="历次演练",
        columns=[
            Column(label="演练时间"),
            Column(label="结果", wrap=False),
            Column(label="用时", align="right", wrap=False),
            Column(label="备份完成时间"),
            Column(label="恢复到"),
        ],
        rows=[
            TableRow(
                cells=[
                    moment(each.begun_at),
                    StatusChip(
                        label="通过" if each.passed else "没有通过",
                        tone="done" if each.passed else "alarm",
                    ),
                    duration(each),
                    moment(each.backup_at),
                    moment(each.restored_to) if each.restored_to else "没有恢复成功",
                ],
                alarm=not each.passed,
            )
            for each in drills
        ],
        empty=EmptyState(
            title="还没有演练过",
            text="请在服务器上先运行 xiezhi backup 备份，再运行 xiezhi drill 演练。",
            icon="rotate-clockwise",
        ),
        pagination=pagination,
    )


def _result(step: Mapping[str, Any]) -> str:
    if step["findings"]:
        return f"发现{len(step['findings'])}处不符"
    return "相符" if step["note"] else "完成"


def duration(drill: Drill) -> str:
    """Say how long a drill took from its first step to its last."""
    return spoken((drill.finished_at - drill.begun_at) / timedelta(seconds=1))


def spoken(seconds: float) -> str:
    """Say a duration as people read it: tenths below a minute, whole seconds above."""
    if seconds < _MINUTE:
        return f"{seconds:.1f}秒" if seconds >= _TENTH else "不到0.1秒"
    minutes, rest = divmod(round(seconds), _MINUTE)
    return f"{minutes}分{rest}秒"
