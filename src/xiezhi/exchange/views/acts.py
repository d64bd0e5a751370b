"""Acts of operators: each is asked for on a page of its own, with what follows, and a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from xiezhi.exchange import message_sheet as sheet
from xiezhi.exchange.actions.acknowledge_alarm import acknowledge_alarm
from xiezhi.exchange.actions.check_returned import check_returned as close_returned
from xiezhi.exchange.actions.dismiss_quarantined import dismiss_quarantined
from xiezhi.exchange.actions.replay import replay as replay_message
from xiezhi.exchange.actions.reseal import reseal as reseal_message
from xiezhi.exchange.actions.retry_now import retry_now
from xiezhi.exchange.actions.skip import skip as skip_position
from xiezhi.exchange.forms import PlaceForm, ReasonForm
from xiezhi.exchange.queries import may_skip, returned_act
from xiezhi.exchange.states import OperatorAct
from xiezhi.exchange.views.doors import operators
from xiezhi.exchange.watch import records
from xiezhi.exchange.watch.names import conversation_label, peer_label, type_label
from xiezhi.exchange.watch.path import message_path, quarantined_envelope
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.errors import NotFound
from xiezhi.foundation.middleware import DoorRequest
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components import FieldError, Link, Row
from xiezhi.foundation.pages.formats import moment


@dataclass(frozen=True, slots=True)
class Question:
    """One act put to an operator: what it concerns, what follows, what is said afterwards."""

    act: OperatorAct
    about: Sequence[Row]
    consequences: Sequence[str]
    back: Link
    done: str
    perform: Callable[[str], object]
    irreversible: bool = False
    hidden: Sequence[tuple[str, str]] = ()


# What follows from an act on a message, and what is said when it is done.
WORDS: Final[Mapping[OperatorAct, tuple[Sequence[str], str]]] = {
    OperatorAct.REPLAY: (
        (
            "同一信封立即再发一次，消息编号不变。",
            "对方已收到过的，只会再回一次回执，不会办理两次。",
        ),
        "已安排立即再次发送。",
    ),
    OperatorAct.RESEAL: (
        (
            "用现在有效的密钥重新加密、签名，然后发出；消息编号和内容不变。",
            "适用于对方反映无法解开或者无法核验的情形。",
        ),
        "已安排重新封装。",
    ),
    OperatorAct.RETRY: (
        (
            "交换程序在几秒内重新办理这条消息。",
            "所等的条件仍不具备的，会继续暂存，不影响其他往来。",
        ),
        "已安排重试，结果几秒后显示在本页。",
    ),
}


class MessageAct(Protocol):
    """An act on one message."""

    def __call__(self, *, message_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
        """Do it, or refuse."""


@operators
@require_http_methods(["GET", "POST"])
def replay(request: DoorRequest, message_id: UUID) -> HttpResponse:
    """Ask, then send a message of ours again."""
    return _on_message(request, message_id, OperatorAct.REPLAY, replay_message)


@operators
@require_http_methods(["GET", "POST"])
def reseal(request: DoorRequest, message_id: UUID) -> HttpResponse:
    """Ask, then seal a message of ours anew."""
    return _on_message(request, message_id, OperatorAct.RESEAL, reseal_message)


@operators
@require_http_methods(["GET", "POST"])
def retry(request: DoorRequest, message_id: UUID) -> HttpResponse:
    """Ask, then have a held message tried again."""
    return _on_message(request, message_id, OperatorAct.RETRY, retry_now)


@operators
@require_http_methods(["GET", "POST"])
def dismiss(request: DoorRequest, quarantined_id: UUID) -> HttpResponse:
    """Ask, then take a quarantined envelope off the list."""
    at, row = timezone.now(), quarantined_envelope(request.actor, quarantined_id)
    queue = reverse("exchange:queue", args=[row.src, "quarantined"])
    question = Question(
        act=OperatorAct.DISMISS,
        about=sheet.quarantined_facts(row),
        consequences=(
            "文件从隔离列表移出，相关报警随之消除。",
            "文件内容不会被采信，也不会办理；文件开头部分留存备查。",
        ),
        back=Link(label="隔离的文件", url=queue),
        done="已解除隔离。",
        perform=lambda reason: dismiss_quarantined(
            quarantined_id=quarantined_id, reason=reason, actor=request.actor, at=at
        ),
    )
    return _ask(request, question)


@operators
@require_http_methods(["GET", "POST"])
def check_returned(request: DoorRequest, act_id: UUID) -> HttpResponse:
    """Ask, then note that a returned act has been looked after."""
    at, row = timezone.now(), returned_act(request.actor, act_id)
    question = Question(
        act=OperatorAct.CHECK,
        about=[
            Row(label="消息", value=type_label(row.type)),
            Row(label="对方站点", value=peer_label(row.peer)),
            Row(label="所属往来", value=f"{row.conversation} 第{row.position}条"),
            Row(label="原办理时间", value=moment(row.act_at)),
            Row(label="交还时间", value=moment(row.returned_at)),
        ],
        consequences=(
            "这条消息是本站点签发的，对方已经收到；本站点的办理记录在恢复时遗失。",
            "请先由业务部门核对、补录，再在理由中写明核对结果。",
            "带有本站点签名的原件继续留存，可供查证。",
        ),
        back=Link(
            label="恢复后交还的消息", url=reverse("exchange:queue", args=[row.peer, "returned"])
        ),
        done="已登记核对结果。",
        perform=lambda reason: close_returned(
            act_id=act_id, reason=reason, actor=request.actor, at=at
        ),
    )
    return _ask(request, question)


@operators
@require_http_methods(["GET", "POST"])
def alarm(request: DoorRequest, alarm_id: UUID) -> HttpResponse:
    """Ask, then put the operator's name to an alarm."""
    at, row = timezone.now(), records.alarm(request.actor, alarm_id)
    question = Question(
        act=OperatorAct.ACKNOWLEDGE,
        about=[
            Row(label="报警", value=f"{row.get_kind_display()}：{row.text}"),
            Row(label="对方站点", value=peer_label(row.peer)),
            Row(label="开始", value=moment(row.raised_at)),
        ],
        consequences=(
            "控制台上显示由您接手，其他人不必重复处理。",
            "报警在原因消除后自动结束，接手本身不会消除报警。",
        ),
        back=Link(label="报警记录", url=reverse("exchange:alarms")),
        done="已记录由您接手。",
        perform=lambda reason: acknowledge_alarm(
            alarm_id=alarm_id, reason=reason, actor=request.actor, at=at
        ),
    )
    return _ask(request, question)


@operators
@require_http_methods(["GET", "POST"])
def skip(request: DoorRequest) -> HttpResponse:
    """Ask, then pass over one position of a conversation. Refuses: ``NotFound`` for no place."""
    form, at = PlaceForm(request.POST or request.GET), timezone.now()
    if not form.is_valid() or not may_skip(request.actor):
        raise NotFound
    place = form.cleaned_data
    direction = dict(form.fields["direction"].choices)[place["direction"]]  # type: ignore[attr-defined]  # a choice field
    question = Question(
        act=OperatorAct.SKIP,
        about=[
            Row(label="对方站点", value=peer_label(place["peer"])),
            Row(label="方向", value=direction),
            Row(label="所属往来", value=conversation_label(place["conversation"])),
            Row(label="跳过的序号", value=f"第{place['position']}条"),
        ],
        consequences=(
            "这一条永远不会办理，即使以后到达；这一往来从下一条继续。",
            "跳过的决定和理由签名后告知对方，双方都会留存。",
            "涉及当事人权利的内容，须先以其他方式查明并补办。",
        ),
        back=Link(label="安全隔离交换", url=reverse("exchange:console")),
        done=f"已跳过第{place['position']}条，这一往来继续办理。",
        perform=lambda reason: skip_position(**place, reason=reason, actor=request.actor, at=at),
        irreversible=True,
        hidden=[(name, str(value)) for name, value in place.items()],
    )
    return _ask(request, question)


def _on_message(
    request: DoorRequest, message_id: UUID, act: OperatorAct, perform: MessageAct
) -> HttpResponse:
    at, path = timezone.now(), message_path(request.actor, message_id)
    consequences, done = WORDS[act]
    question = Question(
        act=act,
        about=[
            Row(label="消息", value=type_label(path.message.type)),
            Row(label="对方站点", value=peer_label(path.peer)),
            *sheet.facts(path)[:4],
        ],
        consequences=consequences,
        back=Link(label="消息的路径", url=reverse("exchange:message", args=[message_id])),
        done=done,
        perform=lambda reason: perform(
            message_id=message_id, reason=reason, actor=request.actor, at=at
        ),
    )
    return _ask(request, question)


def _ask(request: DoorRequest, question: Question) -> HttpResponse:
    """Show the question; on an answer with a reason do it and lead back."""
    asked = request.method == "POST"
    form = ReasonForm(request.POST if asked else None)
    if asked and form.is_valid():
        question.perform(form.cleaned_data["reason"])
        messages.success(request, question.done)
        return redirect(question.back.url)
    errors = [
        FieldError(name="reason", label="理由", message=str(message))
        for message in form.errors.get("reason", [])
    ]
    context = {
        "question": question,
        "title": question.act.label,
        "errors": errors,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "exchange/act.html", context, status=422 if errors else 200)
