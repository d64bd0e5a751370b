"""Kinds of event of an application and of a case: how long they are kept, how they are shown."""

from __future__ import annotations

from xiezhi.casework.articles import (
    CPL_126,
    CPL_129,
    DISCLOSURE,
    E_FILE,
    ONLINE_9,
    REGISTRATION,
)
from xiezhi.foundation.events import EventKind, EventKinds

FILE_TERM = "随诉讼档案保管期限"
REFUSED_TERM = "自决定之日起五年"
BY_ROLE = "公开时以诉讼地位代替姓名，只留事项与日期"

INTAKE_EVENTS = EventKinds(
    EventKind("intake.received", "收到起诉材料", ONLINE_9, REFUSED_TERM, BY_ROLE),
    EventKind("intake.material_arrived", "材料传输到达", ONLINE_9, REFUSED_TERM, BY_ROLE),
    EventKind("intake.material_turned_back", "材料未能接收", ONLINE_9, REFUSED_TERM, BY_ROLE),
    EventKind("intake.taken_up", "开始审查", REGISTRATION, REFUSED_TERM, BY_ROLE),
    EventKind("intake.accepted", "决定受理", CPL_126, REFUSED_TERM, BY_ROLE, attested=True),
    EventKind("intake.rejected", "决定不予受理", CPL_126, REFUSED_TERM, BY_ROLE, attested=True),
)

CASE_EVENTS = EventKinds(
    EventKind("case.filed", "登记立案", CPL_126, FILE_TERM, BY_ROLE, attested=True),
    EventKind("case.document_added", "材料入卷", E_FILE, FILE_TERM, BY_ROLE, attested=True),
    EventKind(
        "case.instrument_issued",
        "制发文书",
        CPL_129,
        FILE_TERM,
        BY_ROLE,
        attested=True,
    ),
    EventKind(
        "case.disclosed",
        "告知当事人",
        DISCLOSURE,
        FILE_TERM,
        BY_ROLE,
    ),
)
