"""What the desk does with messages of the court, and with news of its own."""

from __future__ import annotations

from xiezhi.contracts.messages import (
    ApplicationAccepted,
    ApplicationReceived,
    ApplicationRejected,
    ApplicationSubmitted,
    ApplicationUnderReview,
    DisclosurePublished,
)
from xiezhi.exchange.handlers import (
    Delivered,
    Received,
    Restored,
    follows_delivery,
    handles,
    restores,
)
from xiezhi.foundation.actors import Actor
from xiezhi.service.desk.actions.apply_court_acts import (
    take_acceptance,
    take_receipt,
    take_rejection,
    take_review,
)
from xiezhi.service.desk.actions.restore_submission import restore_submission
from xiezhi.service.desk.actions.take_delivery import take_delivery
from xiezhi.service.desk.actions.take_disclosure import take_disclosure

COURT = Actor.system("exchange.apply")


@handles(ApplicationReceived)
def on_received(message: ApplicationReceived, envelope: Received) -> None:
    """Apply."""
    take_receipt(message=message, actor=COURT, at=envelope.received_at)


@handles(ApplicationUnderReview)
def on_under_review(message: ApplicationUnderReview, envelope: Received) -> None:
    """Apply."""
    take_review(message=message, actor=COURT, at=envelope.received_at)


@handles(ApplicationAccepted)
def on_accepted(message: ApplicationAccepted, envelope: Received) -> None:
    """Apply."""
    take_acceptance(message=message, actor=COURT, at=envelope.received_at)


@handles(ApplicationRejected)
def on_rejected(message: ApplicationRejected, envelope: Received) -> None:
    """Apply."""
    take_rejection(message=message, actor=COURT, at=envelope.received_at)


@handles(DisclosurePublished)
def on_disclosure(message: DisclosurePublished, envelope: Received) -> None:
    """Apply, with the blob that came in the bulk lane."""
    document = message.document
    blob_id = envelope.blob_of(document.blob_id) if document is not None else None
    take_disclosure(message=message, blob_id=blob_id, actor=COURT, at=envelope.received_at)


@follows_delivery
def on_delivery(delivered: Delivered) -> None:
    """Show the owner at once where the submission is."""
    if delivered.type == ApplicationSubmitted.TYPE:
        take_delivery(message_id=delivered.message_id, actor=COURT)


@restores(ApplicationSubmitted)
def on_submission_returned(message: ApplicationSubmitted, restored: Restored) -> bool:
    """Put a submission back that a restore made this site forget."""
    return restore_submission(
        message=message, message_id=restored.message_id, actor=COURT, at=restored.returned_at
    )
