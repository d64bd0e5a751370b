"""Tell the owner's open pages that the submission has moved."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from xiezhi.foundation import live
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.live.publish import account_topic
from xiezhi.service.desk.models import Application


@transaction.atomic
def take_delivery(*, message_id: UUID, actor: Actor) -> None:
    """Publish the news of one message; what the page then shows is asked from the exchange."""
    del actor
    application = Application.objects.filter(message_id=message_id).first()
    if application is not None:
        topic = account_topic(application.owner_id)
        live.publish(topic, "application.delivery", application.pk)
