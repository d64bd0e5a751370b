"""The frame around every page of the service site: the portal's, or the operators' workbench."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from xiezhi.foundation.actors import Actor
from xiezhi.foundation.pages.shell import Shell, WorkbenchShell
from xiezhi.identity.operators.roles import Role
from xiezhi.service.desk.shell import portal
from xiezhi.sites.operations import LOGIN, ways
from xiezhi.sites.service.gate import answers_operators, is_operator

BRAND, SITE = "运维工作台", "人民法院在线服务"


def shell(request: HttpRequest) -> Shell:
    """Give an operator the workbench, wherever they are refused; everybody else the portal.

    It reads nothing from the database. The login of operators has the workbench without ways.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the gate
    if is_operator(actor):
        return WorkbenchShell(
            brand=BRAND,
            court=SITE,
            home_url=reverse("operations"),
            groups=ways(request, actor),
            acting_name=actor.name,
            acting_post="、".join(Role(role).label for role in sorted(actor.roles)),
            logout_url=reverse("operators:logout"),
            live_url=request.live_url,  # type: ignore[attr-defined]  # set by the live middleware
        )
    if request.path.startswith(LOGIN) and answers_operators(request):
        return WorkbenchShell(brand=BRAND, court=SITE, home_url=LOGIN)
    return portal(request)
