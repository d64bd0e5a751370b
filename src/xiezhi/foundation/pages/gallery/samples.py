"""Sample data of the gallery: invented people, a loan, a desk on an ordinary morning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from xiezhi.foundation.pages.components import (
    Choice,
    ClockBadge,
    DiffRow,
    EmptyState,
    FieldError,
    Link,
    Material,
    Pagination,
    Row,
    StatusChip,
    Step,
    TimelineEvent,
)
from xiezhi.foundation.pages.formats import SHANGHAI
from xiezhi.foundation.pages.shell import (
    Account,
    Display,
    NavGroup,
    NavItem,
    PortalShell,
    Shell,
    WorkbenchShell,
)

DUE = date(2026, 3, 9)
AT = datetime(2026, 3, 2, 9, 42, tzinfo=SHANGHAI)
MATERIALS = (
    Material(name="借条", pages=("/static/material.svg",), note="检查通过"),
    Material(name="银行转账回单", pages=("/static/material.svg", "/static/material.svg")),
)


class Message(NamedTuple):
    """A message as Django's framework gives it."""

    text: str
    level_tag: str

    def __str__(self) -> str:
        """Give its words."""
        return self.text


class Refused(NamedTuple):
    """A refusal as the door renders it."""

    text: str
    basis: str
    next_step: str
    status: int

    def __str__(self) -> str:
        """Give its sentence."""
        return self.text


def messages() -> list[Message]:
    """Give one message of the framework."""
    return [Message("草稿已保存，您可以随时回来继续填写。", "success")]


def portal() -> PortalShell:
    """Give the portal around the sample pages."""
    return PortalShell(
        brand="人民法院在线服务",
        nav=(
            Link(label="首页", url="/"),
            Link(label="我的案件", url="/cases"),
            Link(label="待办事项", url="/duties"),
            Link(label="办事指南", url="/guides"),
        ),
        search_url="/search",
        account=Account(
            name="周明远",
            note="实名已核验",
            links=(Link(label="我的账号", url="/account", icon="settings"),),
            logout_url="/logout",
        ),
        footer_links=(
            Link(label="办事指南", url="/guides"),
            Link(label="隐私保护说明", url="/privacy"),
        ),
    )


def workbench() -> WorkbenchShell:
    """Give the workbench around the sample pages."""
    intake = NavItem(
        label="立案审查",
        url="/intake",
        icon="inbox",
        count=12,
        overdue=1,
        current=True,
        key="g i",
    )
    return WorkbenchShell(
        brand="办案工作台",
        court="清河市云溪区人民法院",
        groups=(
            NavGroup(
                label="我的工作",
                items=(
                    NavItem(label="今日", url="/", icon="home", key="g h"),
                    intake,
                    NavItem(label="我的案件", url="/cases", icon="folder", count=48, key="g c"),
                    NavItem(label="排期", url="/calendar", icon="calendar", key="g r"),
                ),
            ),
            NavGroup(
                label="本庭",
                items=(
                    NavItem(label="送达", url="/service", icon="send", count=7),
                    NavItem(label="传输情况", url="/exchange", icon="transfer"),
                ),
            ),
        ),
        acting_name="林书瑶",
        acting_post="立案庭法官",
        switch_url="/posts",
        logout_url="/logout",
        search_url="/search",
    )


def clock(days: int | None = 5, *, compact: bool = False) -> ClockBadge:
    """Give the clock of the review of a filing."""
    return ClockBadge(
        label="立案审查期限",
        due=DUE,
        days_left=days,
        why="法院自收到起诉状之次日起七日内决定是否立案。2026年3月2日（周一）收到，从3月3日（周二）起算。",
        basis="《中华人民共和国民事诉讼法》第一百二十六条",
        compact=compact,
    )


def timeline() -> tuple[TimelineEvent, ...]:
    """Give what happened to an application."""
    return (
        TimelineEvent(
            title="法院专网已收到",
            at=AT,
            who="清河市云溪区人民法院立案庭",
            detail="材料6页，逐页核对无误。",
            tone="lead",
        ),
        TimelineEvent(
            title="提交立案申请",
            at=datetime(2026, 3, 2, 9, 40, tzinfo=SHANGHAI),
            who="周明远（原告本人）",
            tone="done",
            basis="《人民法院在线诉讼规则》第九条",
        ),
        TimelineEvent(title="建立草稿", at=date(2026, 2, 27), who="周明远"),
    )


def steps() -> tuple[Step, ...]:
    """Give the steps of a filing."""
    return (
        Step(label="当事人", state="done", url="#"),
        Step(label="诉讼请求", state="now"),
        Step(label="事实和理由", state="next"),
        Step(label="证据材料", state="next"),
        Step(label="核对提交", state="next"),
    )


def party_rows(*, masked: bool) -> tuple[Row, ...]:
    """Give what is known of a party."""
    return (
        Row(label="公民身份号码", value="9901**********1234" if masked else "990102198803071234"),
        Row(label="联系电话", value="138****5678" if masked else "13800005678"),
        Row(label="住所", value="清河市云溪区****" if masked else "清河市云溪区梧桐路18号"),
    )


def facts() -> dict[str, object]:
    """Give what all sample pages draw from."""
    return {
        "clock": clock,
        "timeline": timeline(),
        "steps": steps(),
        "masked": party_rows(masked=True),
        "open": party_rows(masked=False),
        "at": AT,
        "due": DUE,
        "amount": Decimal("120000.00"),
        "materials": MATERIALS,
        "errors": (
            FieldError(name="principal", label="借款本金", message="请填写大于0的金额"),
            FieldError(name="id_number", label="公民身份号码", message="第18位校验不符，请核对"),
        ),
        "choices": (
            Choice(value="natural", label="自然人"),
            Choice(value="legal", label="法人", hint="公司、事业单位、机关等"),
            Choice(value="other", label="非法人组织"),
        ),
        "changes": (
            DiffRow(label="借款本金", before="100,000.00元", after="120,000.00元"),
            DiffRow(
                label="利息请求",
                before="按年利率12%计算至付清之日",
                after="按一年期贷款市场报价利率计算至实际付清之日",
            ),
            DiffRow(label="补充说明", before="", after="已补充转账回单"),
        ),
        "waiting": StatusChip(label="待审查", tone="wait"),
        "correct": StatusChip(label="需要补正", tone="wait"),
        "unread": StatusChip(label="未签收", tone="lead", icon="mail"),
        "nothing": EmptyState(title="今日还没有办结的申请", icon="clipboard-check"),
        "paging": Pagination(page=3, pages=18, total=342, unit="件", query=(("state", "done"),)),
        "rows": (
            Row(label="案由", value="民间借贷纠纷"),
            Row(label="诉讼标的额", value="120,000.00元", numeric=True),
            Row(label="代理人", value=""),
        ),
    }


def refused() -> dict[str, object]:
    """Give a refusal's page."""
    refusal = Refused(
        text="这份申请已经提交，不能再修改。",
        basis="《人民法院在线诉讼规则》第九条",
        next_step="如需更正，请在“我的申请”中提交补充说明。",
        status=409,
    )
    return {"refusal": refusal, "request_id": "0199c3a2-7b1e-7c44-9a0e-3f7d2b6a1c55"}


def pages() -> dict[str, tuple[Shell, Display, Mapping[str, object]]]:
    """Give the pages of the gallery: the part of a name before the dash is its template."""
    light, large, dark = Display(), Display(large=True), Display(theme="dark")
    shown = facts()
    return {
        "home": (portal(), light, shown),
        "home-large": (portal(), large, shown),
        "form": (portal(), light, shown),
        "status": (portal(), light, shown),
        "refusal": (portal(), light, refused()),
        "queue": (workbench(), light, shown),
        "queue-dark": (workbench(), dark, shown),
        "review": (workbench(), light, shown),
        "review-dark": (workbench(), dark, shown),
    }
