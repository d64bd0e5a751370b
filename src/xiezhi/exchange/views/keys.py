"""Pages on this site's own keys: its introduction, a coming key, one taken back."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xiezhi.exchange.actions.revoke_key import revoke_key
from xiezhi.exchange.actions.rotate_key import rotate_key
from xiezhi.exchange.forms import ALGORITHMS, KeyForm, RotationForm
from xiezhi.exchange.introduction import write_introduction
from xiezhi.exchange.peer_tables import key_choices
from xiezhi.exchange.peering import may_connect, own_keys
from xiezhi.exchange.refusals import KeyUnusable
from xiezhi.exchange.traffic import own_role
from xiezhi.foundation.middleware import DoorRequest, note
from xiezhi.foundation.pages import render
from xiezhi.foundation.pages.components.forms import Choice
from xiezhi.security.keys import ring

UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "POST"])
def keys(request: DoorRequest) -> HttpResponse:
    """List this site's keys; on POST make the next one. Refuses: ``Forbidden``."""
    form = RotationForm(request.POST) if request.method == "POST" else RotationForm()
    error = ""
    if form.is_valid():
        begins = datetime.combine(form.cleaned_data["valid_from"], time.min)
        try:
            rotate_key(
                valid_from=timezone.make_aware(begins),
                algorithm=form.cleaned_data["algorithm"],
                actor=request.actor,
                at=timezone.now(),
            )
        except KeyUnusable as refusal:
            note(request, refusal)
            error = str(refusal)
        else:
            messages.success(request, "新密钥已生成并告知各对方站点，请电话告知指纹。")
            return redirect("exchange:keys")
    own = own_keys(request.actor)
    context = {
        "own": own,
        "revocable": key_choices(own),
        "algorithms": [Choice(value=name, label=label) for name, label in ALGORITHMS],
        "may_connect": may_connect(request.actor),
        "form": form,
        "error": error,
        "at": timezone.now(),
    }
    status = UNPROCESSABLE if error or form.errors else 200
    return render(request, "exchange/peers_keys.html", context, status=status)


@require_POST
def revoke(request: DoorRequest) -> HttpResponse:
    """Take back one key of this site."""
    form = KeyForm(request.POST)
    if form.is_valid():
        revoke_key(key_id=form.cleaned_data["key_id"], actor=request.actor, at=timezone.now())
        messages.success(request, "密钥已吊销，并告知各对方站点。")
    return redirect("exchange:keys")


@require_GET
def introduction(request: DoorRequest) -> HttpResponse:
    """Hand out this site's introduction as a file. Refuses: ``Forbidden``."""
    own_keys(request.actor)
    at, name = timezone.now(), getattr(settings, "XIEZHI_SITE_NAME", "")
    text = write_introduction(ring(), role=own_role(), name=name, at=at)
    disposition = f'attachment; filename="{settings.XIEZHI_SITE}.introduction.json"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)
