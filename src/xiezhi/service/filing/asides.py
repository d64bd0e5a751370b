"""The fee quote that stands beside the form of every filing."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from markupsafe import Markup

from xiezhi.foundation.pages.rendering import jinja_environment
from xiezhi.service.desk.asides import offer
from xiezhi.service.desk.models import Application
from xiezhi.service.filing.fees import PREFIX, quote


def fee_aside(application: Application, on: date) -> Markup:
    """Render the fee quote of a filing, or how it comes about while no sum is there."""
    template = jinja_environment().get_template("filing/fee_quote.html")
    return Markup(template.render(fee_context(application, on)))  # noqa: S704  # escaped there


def fee_context(application: Application, on: date) -> dict[str, object]:
    """Give the quote and the address where it can be had anew."""
    address = reverse("filing:fee", args=[application.pk])
    return {"quote": quote(application, on), "fee_url": address}


offer(PREFIX, fee_aside)
