"""Structured logs that hold no personal data."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

SECRET_KEYS = frozenset(
    {"password", "secret", "token", "cookie", "authorization", "id_number", "phone", "address"}
    | {"name", "account", "csrfmiddlewaretoken", "sessionid"}
)
HIDDEN = "***"

# Longest first: a resident ID contains what looks like a phone; borders keep UUIDs whole.
_PATTERNS = (
    re.compile(r"(?<![0-9A-Za-z-])\d{17}[\dXx](?![0-9A-Za-z-])"),
    re.compile(r"(?<![0-9A-Za-z-])\d{15,19}(?![0-9A-Za-z-])"),
    re.compile(r"(?<![0-9A-Za-z-])1[3-9]\d{9}(?![0-9A-Za-z-])"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
)


def scrub(text: str) -> str:
    """Hide ID numbers, bank cards, phones and e-mail addresses in ``text``."""
    for pattern in _PATTERNS:
        text = pattern.sub(HIDDEN, text)
    return text


def _clean(value: object) -> object:
    if isinstance(value, str):
        return scrub(value)
    if isinstance(value, dict):
        return {key: _clean_pair(str(key), item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value


def _clean_pair(key: str, value: object) -> object:
    return HIDDEN if key.lower() in SECRET_KEYS else _clean(value)


def redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Redact one log entry: known names whole, patterns within any text."""
    for key, value in list(event.items()):
        event[key] = _clean_pair(key, value)
    return event


def configure(*, json: bool = True) -> None:
    """Set structlog and the standard library's logging to the same redacted form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        structlog.processors.format_exc_info,
        redact,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
