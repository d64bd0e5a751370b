"""What the court does with messages: an application submitted becomes an intake."""

from __future__ import annotations

from xiezhi.casework.actions.receive_application import Arrived, receive_application
from xiezhi.contracts.messages import ApplicationSubmitted
from xiezhi.exchange.handlers import Received, handles
from xiezhi.foundation.actors import Actor

APPLY = Actor.system("exchange.apply")


@handles(ApplicationSubmitted)
def on_application_submitted(message: ApplicationSubmitted, envelope: Received) -> None:
    """Receive the application with what came of its attachments. Refuses: as the act."""
    receive_application(
        message=message,
        source_site=envelope.src,
        arrived={
            attachment.id: Arrived(attachment.blob_id, attachment.reason)
            for attachment in envelope.attachments
        },
        actor=APPLY,
        at=envelope.received_at,
    )
