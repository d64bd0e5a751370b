"""Who may do what to an application received and to a case."""

from __future__ import annotations

from xiezhi.foundation.permissions import Permission


class May(Permission):
    """The permissions of the court's core; ``grants.py`` says who holds them."""

    RECEIVE = "casework.intake.receive"
    READ_INTAKE = "casework.intake.read"
    REVIEW = "casework.intake.review"
    DECIDE = "casework.intake.decide"
    READ_CASE = "casework.case.read"
    READ_FILE = "casework.file.read"
    KEEP_FILE = "casework.file.keep"
    WORK = "casework.work"
