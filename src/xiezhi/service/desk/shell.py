"""The portal's frame around every page of the service site."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from xiezhi.exchange.watch.delay import delayed_peers
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.pages.components import Link
from xiezhi.foundation.pages.shell import Account, PortalShell

DELAYED = "与法院专网之间的传输有延迟，您的提交时间以本平台显示的为准，不受影响。"


def portal(request: HttpRequest) -> PortalShell:
    """Say where one can go and as whom, and to who is logged in that the way to court is slow."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the door
    home = reverse("desk:home")
    start = Link(label="我要立案", url=reverse("filing:kinds"), icon="file-text")
    tools = Link(label="诉讼工具", url=reverse("calculators:index"), icon="scale")
    if not actor.is_authenticated:
        return PortalShell(
            brand="人民法院在线服务",
            home_url=home,
            nav=[Link(label="首页", url=home, icon="home"), start, tools],
            login_url=reverse("people:login"),
            register_url=reverse("people:register"),
        )
    mine = Link(label="我的事项", url=reverse("desk:matters"), icon="clipboard-list")
    return PortalShell(
        brand="人民法院在线服务",
        home_url=home,
        nav=[Link(label="首页", url=home, icon="home"), start, mine, tools],
        account=Account(
            name=actor.name,
            note="身份信息尚未与公安人口信息核验",
            links=[mine],
            logout_url=reverse("people:logout"),
        ),
        live_url=request.live_url,  # type: ignore[attr-defined]  # set by the live middleware
        notice=DELAYED if delayed_peers() else "",
    )
