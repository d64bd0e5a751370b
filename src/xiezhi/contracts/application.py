"""The conversation Application (申请): its states, and who moves what."""

from __future__ import annotations

from django.db.models import TextChoices

from xiezhi.foundation.machine import Machine, Move
from xiezhi.foundation.permissions import Permission


class ApplicationState(TextChoices):
    """Where an application stands, in the words a participant reads."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RECEIVED = "received", "法院已收到"
    UNDER_REVIEW = "under_review", "审查中"
    ACCEPTED = "accepted", "已立案"
    REJECTED = "rejected", "不予受理"
    ABANDONED = "abandoned", "已作废"


class ApplicationMover(Permission):
    """The side that may take a move; the other side only learns of it."""

    PARTICIPANT = "application.participant"
    COURT = "application.court"


S = ApplicationState
By = ApplicationMover

APPLICATION = Machine(
    initial=S.DRAFT,
    final=frozenset({S.ACCEPTED, S.REJECTED, S.ABANDONED}),
    moves=(
        Move(
            "submit",
            frozenset({S.DRAFT}),
            S.SUBMITTED,
            By.PARTICIPANT,
            "民事诉讼法第一百二十四条",
            "提交",
        ),
        Move(
            "abandon",
            frozenset({S.DRAFT}),
            S.ABANDONED,
            By.PARTICIPANT,
            "人民法院在线诉讼规则第九条",
            "作废草稿",
        ),
        Move(
            "receive",
            frozenset({S.SUBMITTED}),
            S.RECEIVED,
            By.COURT,
            "人民法院在线诉讼规则第九条",
            "收到",
        ),
        Move(
            "review",
            frozenset({S.RECEIVED}),
            S.UNDER_REVIEW,
            By.COURT,
            "民事诉讼法第一百二十六条",
            "开始审查",
        ),
        Move(
            "accept",
            frozenset({S.SUBMITTED, S.RECEIVED, S.UNDER_REVIEW}),
            S.ACCEPTED,
            By.COURT,
            "民事诉讼法第一百二十六条",
            "立案",
        ),
        Move(
            "reject",
            frozenset({S.SUBMITTED, S.RECEIVED, S.UNDER_REVIEW}),
            S.REJECTED,
            By.COURT,
            "民事诉讼法第一百二十六条",
            "不予受理",
        ),
    ),
)
