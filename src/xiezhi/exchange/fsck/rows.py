"""What one statement can tell: positions, counters, numbers, states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import connection

from xiezhi.exchange.fsck.finding import Finding


@dataclass(frozen=True, slots=True)
class RowRule:
    """A statement that gives the rows that break a rule, and the sentence about one of them."""

    code: str
    sentence: str
    broken: str


# After a restore of our own the counters jump past what the peer has seen: gaps are right then.
_OUT_POSITIONS: Final = """
SELECT dst, conversation, coalesce(m.rows, 0), coalesce(m.high, 0), coalesce(c.next_position, 0)
FROM (SELECT dst, conversation, count(*) AS rows, count(DISTINCT position) AS places,
             max(position) AS high
      FROM exchange_outboxmessage GROUP BY dst, conversation) m
FULL JOIN exchange_outboxconversation c USING (dst, conversation)
LEFT JOIN exchange_peer p ON p.site = dst
WHERE c.next_position IS NULL OR m.rows <> m.places
   OR c.next_position <= coalesce(m.high, 0)
   OR (coalesce(p.epoch_out, 1) = 1 AND coalesce(m.rows, 0) <> c.next_position - 1)
"""
# A position that was passed over counts as settled, whether a message stood there or none came.
_IN_POSITIONS: Final = """
SELECT src, conversation, coalesce(m.rows, 0), coalesce(m.high, 0), coalesce(c.next_position, 0)
FROM (SELECT src, conversation, count(*) AS rows, count(DISTINCT position) AS places,
             max(position) AS high
      FROM exchange_inboxmessage WHERE state IN ('applied', 'refused')
      GROUP BY src, conversation) m
FULL JOIN exchange_inboxconversation c USING (src, conversation)
WHERE c.next_position IS NULL OR coalesce(m.high, 0) > c.next_position - 1
   OR coalesce(m.places, 0) + (
      SELECT count(*) FROM unnest(c.passed_over) AS place WHERE place < c.next_position
      AND NOT EXISTS (SELECT 1 FROM exchange_inboxmessage s WHERE s.src = c.src
                      AND s.conversation = c.conversation AND s.position = place
                      AND s.state IN ('applied', 'refused'))) <> c.next_position - 1
"""
_TWICE: Final = """
SELECT dst, epoch, sequence, count(*) FROM exchange_outboxmessage
WHERE sequence IS NOT NULL GROUP BY dst, epoch, sequence HAVING count(*) > 1
"""
_NUMBERS: Final = """
SELECT m.id, m.epoch, m.sequence, coalesce(p.epoch_out, 0), coalesce(p.next_sequence, 0)
FROM exchange_outboxmessage m LEFT JOIN exchange_peer p ON p.site = m.dst
WHERE m.sequence IS NOT NULL AND (p.site IS NULL OR m.epoch > p.epoch_out
   OR (m.epoch = p.epoch_out AND m.sequence >= p.next_sequence))
"""
_MARKS: Final = """
SELECT m.src, max(m.epoch), max(m.sequence) FILTER (WHERE m.epoch = p.epoch_in),
       coalesce(max(p.epoch_in), 0), coalesce(max(p.highest_in), 0)
FROM exchange_inboxmessage m LEFT JOIN exchange_peer p ON p.site = m.src
GROUP BY m.src
HAVING max(p.epoch_in) IS NULL OR max(m.epoch) > max(p.epoch_in)
    OR max(m.sequence) FILTER (WHERE m.epoch = p.epoch_in) > max(p.highest_in)
"""
# After a restore of ours a peer returns messages by their header: no envelope, no receipt.
_OUT_STATES: Final = """
SELECT id, state, outcome FROM exchange_outboxmessage
WHERE NOT (state = 'acknowledged' AND envelope IS NULL AND receipt_id IS NULL
           AND EXISTS (SELECT 1 FROM exchange_recovery))
  AND ((state <> 'pending' AND (envelope IS NULL OR sequence IS NULL OR header_digests = '{}'))
   OR (state = 'pending' AND body IS NULL)
   OR (state = 'sent' AND (sent_at IS NULL OR due_at IS NULL))
   OR (state = 'acknowledged' AND (receipt_id IS NULL OR acknowledged_at IS NULL))
   OR (outcome IN ('applied', 'refused')
       AND (state <> 'acknowledged' OR due_at IS NOT NULL OR body IS NOT NULL)))
"""
_IN_STATES: Final = """
SELECT id, state, reason FROM exchange_inboxmessage
WHERE state = 'received' OR (state IN ('applied', 'refused') AND settled_at IS NULL)
   OR (state = 'held' AND reason = '')
"""
_NO_RECEIPT: Final = """
SELECT m.id, m.receipt_id FROM exchange_outboxmessage m
WHERE m.receipt_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM exchange_receipt r WHERE r.id = m.receipt_id)
"""
_OUT_ATTACHMENTS: Final = """
SELECT m.id, each->>'id' FROM exchange_outboxmessage m
CROSS JOIN LATERAL jsonb_array_elements(m.attachments) AS each
WHERE m.attachments <> '[]' AND NOT EXISTS (
  SELECT 1 FROM exchange_outboxattachment a
  WHERE a.dst = m.dst AND a.blob_id = (each->>'id')::uuid)
"""
_IN_ATTACHMENTS: Final = """
SELECT src, attachment_id, state FROM exchange_inboxattachment
WHERE (state = 'stored' AND blob_id IS NULL) OR (state = 'rejected' AND reason = '')
"""

RULES: Final = (
    RowRule(
        "outbox.positions",
        "发往 {} 的往来 {}：消息 {} 条，最大序号 {}，计数器 {}；序号不连续、重复或者计数器不符。",
        _OUT_POSITIONS,
    ),
    RowRule(
        "inbox.positions",
        "来自 {} 的往来 {}：已办结 {} 条，最大序号 {}，计数器 {}；办结的序号不连续或者计数器不符。",
        _IN_POSITIONS,
    ),
    RowRule("outbox.sequence-twice", "发往 {}：第 {} 纪元的顺序号 {} 用了 {} 次。", _TWICE),
    RowRule(
        "outbox.sequence",
        "消息 {}：第 {} 纪元顺序号 {} 超出对方站点记录（第 {} 纪元，下一个 {}）。",
        _NUMBERS,
    ),
    RowRule(
        "inbox.marks",
        "来自 {}：收到过第 {} 纪元、本纪元顺序号 {}，站点记录却是第 {} 纪元、最高 {}。",
        _MARKS,
    ),
    RowRule("outbox.state", "消息 {}：状态 {}、结果“{}”与其余各栏不符。", _OUT_STATES),
    RowRule("inbox.state", "收到的消息 {}：状态 {}、原因“{}”与其余各栏不符。", _IN_STATES),
    RowRule("outbox.receipt-missing", "消息 {}：所记回执 {} 不存在。", _NO_RECEIPT),
    RowRule("outbox.attachment", "消息 {}：附件 {} 没有发送记录。", _OUT_ATTACHMENTS),
    RowRule(
        "inbox.attachment-state", "来自 {} 的附件 {}：状态 {} 与其余各栏不符。", _IN_ATTACHMENTS
    ),
)


def broken_rows(rule: RowRule) -> Iterator[Finding]:
    """Yield a finding for every row that breaks the rule, as the database gives them."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(rule.broken)
        for row in cursor:
            yield Finding(rule.code, rule.sentence.format(*row))
