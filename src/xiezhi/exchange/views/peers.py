"""Pages on peers: who they are, whose keys are whose, what may cross."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezhi.exchange.actions.confirm_key import confirm_key
from xiezhi.exchange.actions.decline_key import decline_key
from xiezhi.exchange.actions.introduce import introduce
from xiezhi.exchange.actions.move_peer import move_peer
from xiezhi.exchange.actions.permit import permit
from xiezhi.exchange.actions.revoke_peer_key import revoke_peer_key
from xiezhi.exchange.forms import HeardForm, IntroductionForm, KeyForm, MoveForm, PermitForm
from xiezhi.exchange.models import Direction
from xiezhi.exchange.peer_tables import key_choices, peers_table, traffic_table
from xiezhi.exchange.peering import may_connect, own_keys, peer_for, peers_for
from xiezhi.exchange.refusals import FingerprintDiffers, IntroductionRefused
from xiezhi.exchange.watch.names import type_label
from xiezhi.foundation.errors import Refusal
from xiezhi.foundation.middleware import DoorRequest, note
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components.forms import Choice

UNPROCESSABLE: Final = 422


@require_GET
def peers(request: DoorRequest) -> HttpResponse:
    """List the peers, with what waits to be compared. Refuses: ``Forbidden``."""
    at = timezone.now()
    context = {
        "table": peers_table(peers_for(request.actor, at)),
        "own": own_keys(request.actor),
        "may_connect": may_connect(request.actor),
        "at": at,
    }
    return render(request, "exchange/peers.html", context)


@require_http_methods(["GET", "POST"])
def introduction(request: DoorRequest) -> HttpResponse:
    """Ask for a peer's introduction; on POST take it in and go on to the peer."""
    own_keys(request.actor)  # the form is for operators as well
    given = request.method == "POST"
    form = IntroductionForm(request.POST, request.FILES) if given else IntroductionForm()
    error = ""
    if given and form.is_valid():
        try:
            peer = introduce(data=form.content(), actor=request.actor, at=timezone.now())
        except IntroductionRefused as refusal:
            error = _said(request, refusal)
        else:
            return redirect("exchange:peer", peer.site)
    error = error or _first(form)
    context = {"error": error, "may_connect": may_connect(request.actor)}
    status = UNPROCESSABLE if error else 200
    return render(request, "exchange/peers_introduce.html", context, status=status)


@require_GET
def peer(request: DoorRequest, site: str) -> HttpResponse:
    """Show one peer. Refuses: ``Forbidden``, ``NotFound``."""
    return _peer(request, site)


@require_POST
def confirm(request: DoorRequest, site: str, proposal_id: UUID) -> HttpResponse:
    """Pin a proposed key, if the end of its fingerprint was heard by telephone."""
    form = HeardForm(request.POST)
    if not form.is_valid():
        return _peer(request, site, wrong=proposal_id, error=_first(form))
    heard = form.cleaned_data["heard"]
    try:
        confirm_key(proposal_id=proposal_id, heard=heard, actor=request.actor, at=timezone.now())
    except FingerprintDiffers as refusal:
        return _peer(request, site, wrong=proposal_id, error=_said(request, refusal))
    messages.success(request, "公钥已登记。")
    return redirect("exchange:peer", site)


@require_POST
def decline(request: DoorRequest, site: str, proposal_id: UUID) -> HttpResponse:
    """Put a proposed key aside."""
    decline_key(proposal_id=proposal_id, actor=request.actor, at=timezone.now())
    messages.success(request, "已标记为不采用。")
    return redirect("exchange:peer", site)


@require_POST
def move(request: DoorRequest, site: str) -> HttpResponse:
    """Suspend a peer, or take it up again."""
    form = MoveForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["move"]
        move_peer(site=site, name=name, actor=request.actor, at=timezone.now())
    return redirect("exchange:peer", site)


@require_POST
def type_permit(request: DoorRequest, site: str) -> HttpResponse:
    """Decide on one type of message of a partner."""
    form = PermitForm(request.POST)
    if form.is_valid():
        permit(
            peer=site,
            direction=Direction(form.cleaned_data["direction"]),
            type_=form.cleaned_data["type"],
            allowed=form.cleaned_data["allowed"],
            actor=request.actor,
            at=timezone.now(),
        )
    return redirect("exchange:peer", site)


@require_POST
def revoke(request: DoorRequest, site: str) -> HttpResponse:
    """Believe nothing more that one key of the peer signs."""
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _peer(request, site, error=_first(form))
    key_id = form.cleaned_data["key_id"]
    revoke_peer_key(site=site, key_id=key_id, actor=request.actor, at=timezone.now())
    messages.success(request, "公钥已吊销，此后它签名的内容一律不采信。")
    return redirect("exchange:peer", site)


def _peer(
    request: DoorRequest, site: str, *, wrong: UUID | None = None, error: str = ""
) -> HttpResponse:
    at = timezone.now()
    found = peer_for(request.actor, site, at)
    context = {
        "peer": found,
        "traffic": traffic_table(found),
        "types": [Choice(value=each.type, label=type_label(each.type)) for each in found.traffic],
        "revocable": key_choices(found.keys),
        "may_connect": may_connect(request.actor),
        "wrong": wrong,
        "error": error,
        "at": at,
    }
    status = UNPROCESSABLE if error else 200
    return render(request, "exchange/peers_peer.html", context, status=status)


def _said(request: DoorRequest, refusal: Refusal) -> str:
    note(request, refusal)
    return f"{refusal}{refusal.next_step}"


def _first(form: forms.Form) -> str:
    return next((str(each[0]) for each in form.errors.values()), "")
