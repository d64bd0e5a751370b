"""The workbench around every page of the court site: where one can go, and as whom one acts."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from xiezhi.casework.models.work import Desk
from xiezhi.casework.permissions import May
from xiezhi.casework.queries import DeskCounts, desk_counts, may
from xiezhi.directory.queries import court_names
from xiezhi.foundation.actors import Actor, ActorKind
from xiezhi.foundation.pages.shell import NavGroup, NavItem, Shell, WorkbenchShell
from xiezhi.foundation.transactions import current_actor
from xiezhi.identity.staff.roles import Role

OPERATORS = frozenset({"system_admin", "tier1_operator"})


def workbench(request: HttpRequest) -> Shell:
    """Give the shell of the actor's post; a stranger gets it bare.

    A refusal page is rendered outside the request's transaction: it shows no counts.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.kind is not ActorKind.STAFF:
        return WorkbenchShell()
    names = court_names({actor.unit_id}) if actor.unit_id else {}
    cases = reverse("filing:cases") if may(May.READ_CASE, actor=actor) else ""
    return WorkbenchShell(
        court=names.get(actor.unit_id, ""),
        groups=_groups(request, actor),
        acting_name=actor.name,
        acting_post="、".join(Role(role).label for role in sorted(actor.roles)) or "尚未选择身份",
        switch_url=reverse("staff:post"),
        logout_url=reverse("staff:logout"),
        search_url=cases,
        search_hint="案号、当事人姓名或者身份号码",
        live_url=getattr(request, "live_url", "") if actor.post_id else "",
    )


def _groups(request: HttpRequest, actor: Actor) -> list[NavGroup]:
    groups = []
    desk = []
    if may(May.READ_INTAKE, actor=actor):
        desk.append(_queue(request, actor))
    if may(May.READ_CASE, actor=actor):
        desk.append(_item(request, "案件", reverse("filing:cases"), "folder", key="g c"))
    if desk:
        groups.append(NavGroup(label="立案", items=desk))
    if OPERATORS & actor.roles:
        exchange = _item(request, "安全交换", reverse("exchange:console"), "transfer", key="g e")
        drill = _item(
            request, "恢复演练", reverse("continuity:drill"), "rotate-clockwise", key="g d"
        )
        groups.append(NavGroup(label="运行", items=[exchange, drill]))
    return groups


def _queue(request: HttpRequest, actor: Actor) -> NavItem:
    count, overdue = None, 0
    if current_actor() is actor:
        known: DeskCounts | None = getattr(request, "desk_counts", None)
        today = timezone.localdate()
        counts = known or desk_counts(actor, desk=Desk.FILING, today=today)
        count, overdue = counts.waiting, counts.overdue
    return NavItem(
        label="立案审查",
        url=reverse("filing:queue"),
        icon="inbox",
        count=count,
        overdue=overdue,
        current=request.path == reverse("filing:queue"),
        key="g q",
    )


def _item(request: HttpRequest, label: str, url: str, icon: str, *, key: str) -> NavItem:
    return NavItem(label=label, url=url, icon=icon, current=request.path.startswith(url), key=key)
