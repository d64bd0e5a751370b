"""What the court does with messages: an application submitted becomes an intake."""

from __future__ import annotations

from xiezhi.casework.actions.attach_material import attach_material
from xiezhi.casework.actions.keep_number import keep_number
from xiezhi.casework.actions.receive_application import Arrived, receive_application
from xiezhi.casework.actions.turn_back_material import turn_back_material
from xiezhi.contracts.messages import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationSubmitted,
    ApplicationUnderReview,
)
from xiezhi.exchange.handlers import (
    AttachmentNews,
    Received,
    Restored,
    follows_attachment,
    handles,
    restores,
)
from xiezhi.foundation.actors import Actor

APPLY = Actor.system("exchange.apply")


@handles(ApplicationSubmitted)
def on_application_submitted(message: ApplicationSubmitted, envelope: Received) -> None:
    """Receive the application with what has come of its attachments. Refuses: as the act."""
    receive_application(
        message=message,
        source_site=envelope.src,
        arrived={
            attachment.id: Arrived(attachment.blob_id, attachment.reason)
            for attachment in envelope.attachments
            if not attachment.arriving
        },
        actor=APPLY,
        at=envelope.received_at,
    )


@follows_attachment
def on_attachment(news: AttachmentNews) -> None:
    """Join a material that came after its application, or say why it was turned back."""
    if not isinstance(news.message, ApplicationSubmitted):
        return
    court_id, attachment = news.message.court_id, news.attachment
    if attachment.blob_id is not None:
        attach_material(
            court_id=court_id,
            source_blob_id=attachment.id,
            blob_id=attachment.blob_id,
            actor=APPLY,
            at=news.settled_at,
        )
    else:
        turn_back_material(
            court_id=court_id,
            source_blob_id=attachment.id,
            fault=attachment.reason,
            actor=APPLY,
            at=news.settled_at,
        )


@restores(ApplicationReceived)
def on_receipt_returned(_message: ApplicationReceived, _restored: Restored) -> bool:
    """Do nothing: the application itself is sent again, and is received anew."""
    return True


@restores(ApplicationUnderReview)
def on_review_returned(_message: ApplicationUnderReview, _restored: Restored) -> bool:
    """Do nothing: whoever takes it up again says so again, which changes nothing there."""
    return True


@restores(ApplicationAccepted)
def on_acceptance_returned(message: ApplicationAccepted, restored: Restored) -> bool:
    """Never give its number again; the case itself has to be entered by a person."""
    keep_number(printed=message.case_number, actor=APPLY, at=restored.returned_at)
    return False
