"""What operators read is words: conversations, formats, numbers of envelopes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from xiezhi.contracts.exchange import SKIPS, conversation_of_return
from xiezhi.contracts.messages import (
    conversation_of_account,
    conversation_of_application,
    conversation_of_disclosures,
)
from xiezhi.contracts.traffic import TRAFFIC
from xiezhi.exchange.watch.names import (
    conversation_label,
    format_label,
    sequence_text,
    type_label,
)

NUMBER = UUID("019a0000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("conversation", "words"),
    [
        (conversation_of_application(NUMBER), f"立案申请 {NUMBER}"),
        (conversation_of_disclosures(NUMBER), f"公开事项 {NUMBER}"),
        (conversation_of_account("court", date(2026, 3, 1)), "对账 court:2026-03-01"),
        (conversation_of_return(2), "交还消息 2"),
        (SKIPS, "跳过通知"),
        ("applications", "applications"),
    ],
)
def test_a_conversation_is_named_by_what_it_is_about(conversation: str, words: str) -> None:
    assert conversation_label(conversation) == words


def test_every_type_that_crosses_has_a_name() -> None:
    assert [name for name in TRAFFIC if type_label(name) == name] == []


def test_formats_and_numbers_are_said_in_words() -> None:
    assert format_label("application/pdf") == "PDF文件"
    assert format_label("text/plain") == "text/plain"
    assert sequence_text(1, 1234) == "第1,234号"
    restored = int(datetime(2026, 11, 24, 13, 5, tzinfo=UTC).timestamp())
    assert sequence_text(restored, 3) == "2026年11月24日（周二）21:05恢复后第3号"
