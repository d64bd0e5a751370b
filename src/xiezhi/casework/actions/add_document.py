"""Put a document into a case's e-file (电子卷宗), or a new version of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from xiezhi.casework.actions._record import record
from xiezhi.casework.grants import GRANTS
from xiezhi.casework.models import Case, Document, IntakeMaterial, Manifest
from xiezhi.casework.models.document import Source
from xiezhi.casework.permissions import May
from xiezhi.foundation.actors import Actor
from xiezhi.foundation.ids import uuid7
from xiezhi.foundation.permissions import require
from xiezhi.security.algorithms import digest


@dataclass(frozen=True, slots=True)
class Content:
    """What is put into the file: a blob, or what is known of one still on its way."""

    blob_id: UUID | None
    name: str
    category: str
    media_type: str
    size: int
    pages: int
    digest: str
    source: Source
    lineage: UUID | None = None


def content_of(material: IntakeMaterial) -> Content:
    """Describe a material of an application for the e-file; it keeps its lineage."""
    return Content(
        blob_id=material.blob_id,
        name=material.name,
        category=material.category,
        media_type=material.media_type,
        size=material.size,
        pages=material.pages,
        digest=material.digest,
        source=Source.PARTICIPANT,
        lineage=material.lineage,
    )


@transaction.atomic
def add_documents(
    *, case: Case, contents: tuple[Content, ...], actor: Actor, at: datetime
) -> list[Document]:
    """Append documents to the e-file and make the manifest that lists them all.

    A content that names a ``lineage`` becomes its next version; nothing is overwritten. The
    caller holds the row lock of the case. Refuses: ``Forbidden``.
    """
    require(GRANTS, May.KEEP_FILE, actor, case)
    held = list(Document.objects.filter(court_id=case.court_id, case=case))
    added: list[Document] = []
    for content in contents:
        document = _document(case, content, [*held, *added], actor=actor, at=at)
        document.save(force_insert=True)
        added.append(document)
        record(
            case,
            "case.document_added",
            actor=actor,
            at=at,
            document_id=document.pk,
            facts={"digest": document.digest, "version": document.version},
        )
    _make_manifest(case, [*held, *added], at=at)
    return added


def _document(
    case: Case, content: Content, before: list[Document], *, actor: Actor, at: datetime
) -> Document:
    lineage = content.lineage or uuid7()
    versions = [document.version for document in before if document.lineage == lineage]
    return Document(
        court_id=case.court_id,
        case=case,
        lineage=lineage,
        version=max(versions, default=0) + 1,
        position=len(before) + 1,
        source=content.source,
        category=content.category,
        name=content.name,
        blob_id=content.blob_id,
        media_type=content.media_type,
        size=content.size,
        pages=content.pages,
        digest=content.digest,
        added_at=at,
        added_by=actor.post_id,
    )


def _make_manifest(case: Case, documents: list[Document], *, at: datetime) -> None:
    last = Manifest.objects.filter(court_id=case.court_id, case=case).order_by("-revision").first()
    entries = [[str(document.pk), document.digest] for document in documents]
    covered = json.dumps([last.digest if last else "", entries], separators=(",", ":"))
    Manifest.objects.create(
        court_id=case.court_id,
        case=case,
        revision=last.revision + 1 if last else 1,
        count=len(entries),
        entries=entries,
        digest=digest(covered.encode()).hex(),
        made_at=at,
    )
