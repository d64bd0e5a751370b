"""The messages that cross between sites; each released version is frozen."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from xiezhi.contracts.payloads import Frozen, PartyRole, ShortText


class Message(Frozen):
    """Base of every message: a type and a version that never change their meaning.

    A message that does not wait for its attachments is applied at once; its app is told of each
    attachment when that has come.
    """

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1
    WAITS_FOR_ATTACHMENTS: ClassVar[bool] = True


REGISTRY: dict[tuple[str, int], type[Message]] = {}


def released(message: type[Message]) -> type[Message]:
    """Enter a message into the registry; its schema is then held by a snapshot."""
    key = (message.TYPE, message.VERSION)
    if REGISTRY.setdefault(key, message) is not message:
        msg = f"two messages bear {key}"
        raise ValueError(msg)
    return message


class Material(Frozen):
    """One material of an application; its content travels in the bulk lane under the same id."""

    blob_id: UUID
    category: ShortText
    name: ShortText
    media_type: ShortText
    size: int = Field(ge=0)
    pages: int = Field(ge=1)
    digest: ShortText


class Applicant(Frozen):
    """Who submitted, in which capacity; ``account_ref`` is opaque outside the service site."""

    account_ref: UUID
    name: ShortText
    id_number: ShortText
    phone: ShortText
    capacity: ShortText = "本人"


@released
class ApplicationSubmitted(Message):
    """A participant submitted an application (service → court)."""

    TYPE: ClassVar[str] = "application.submitted"
    WAITS_FOR_ATTACHMENTS: ClassVar[bool] = False

    application_id: UUID
    receipt_number: ShortText
    kind: ShortText
    kind_version: int
    court_id: ShortText
    submitted_at: AwareDatetime
    applicant: Applicant
    payload: dict[str, Any]
    materials: tuple[Material, ...] = ()


@released
class ApplicationReceived(Message):
    """The court received it and opened the review period (court → service)."""

    TYPE: ClassVar[str] = "application.received"

    application_id: UUID
    received_at: AwareDatetime
    review_due_on: date


@released
class ApplicationUnderReview(Message):
    """Somebody at the filing desk has taken it up (court → service)."""

    TYPE: ClassVar[str] = "application.under_review"

    application_id: UUID
    at: AwareDatetime


class ParticipationMinted(Frozen):
    """A participation of the new case that belongs to the applicant's account."""

    participation_id: UUID
    role: PartyRole
    party_name: ShortText


@released
class ApplicationAccepted(Message):
    """The court accepted it: a case with a number and a filing date (court → service)."""

    TYPE: ClassVar[str] = "application.accepted"

    application_id: UUID
    case_id: UUID
    case_number: ShortText
    cause: ShortText
    filing_date: date
    decided_at: AwareDatetime
    participations: tuple[ParticipationMinted, ...]


@released
class ApplicationRejected(Message):
    """The court refused it, with the reason and the article (court → service)."""

    TYPE: ClassVar[str] = "application.rejected"

    application_id: UUID
    decided_at: AwareDatetime
    reason: str = Field(min_length=1, max_length=5000)
    basis: ShortText


@released
class DisclosurePublished(Message):
    """The court disclosed a node or a document to one participation (court → service)."""

    TYPE: ClassVar[str] = "disclosure.published"

    disclosure_id: UUID
    participation_id: UUID | None
    application_id: UUID | None
    case_id: UUID | None
    kind: ShortText
    title: ShortText
    body: str = Field(default="", max_length=5000)
    published_at: AwareDatetime
    document: Material | None = None


class AccountEntry(Frozen):
    """One message of a day's account and the digest of its content."""

    id: UUID
    digest: str = Field(pattern="^[0-9a-f]{64}$")


@released
class AccountDetail(Message):
    """The messages of ``sender`` that its author holds, in one stretch of a day (both ways).

    It names every message whose id is not below ``first`` and below ``before``, in the order of
    their ids; one that is not named is not there.
    """

    TYPE: ClassVar[str] = "exchange.account_detail"

    sender: ShortText
    day: date
    first: UUID
    before: UUID
    entries: tuple[AccountEntry, ...] = Field(max_length=2000)


def conversation_of_account(sender: str, day: date) -> str:
    """Name the conversation about the messages that one site sent on one day."""
    return f"account:{sender}:{day.isoformat()}"


def conversation_of_application(application_id: UUID) -> str:
    """Name the conversation of one application."""
    return f"application:{application_id}"


def conversation_of_disclosures(subject_id: UUID) -> str:
    """Name the conversation in which one subject (a participation) is told things."""
    return f"disclosure:{subject_id}"


__all__ = [
    "REGISTRY",
    "AccountDetail",
    "AccountEntry",
    "Applicant",
    "ApplicationAccepted",
    "ApplicationReceived",
    "ApplicationRejected",
    "ApplicationSubmitted",
    "ApplicationUnderReview",
    "DisclosurePublished",
    "Material",
    "Message",
    "ParticipationMinted",
    "conversation_of_account",
    "conversation_of_application",
    "conversation_of_disclosures",
    "released",
]
