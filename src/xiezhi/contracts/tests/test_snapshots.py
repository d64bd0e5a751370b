"""What was released never changes."""

from __future__ import annotations

import json

from xiezhi.contracts.snapshots import current, released

OURS = ("message.", "kind.filing.civil.private_lending.")


def test_every_released_schema_is_what_the_models_say() -> None:
    now = {name: json.loads(json.dumps(schema)) for name, schema in current().items()}

    assert {name: now.get(name) for name in released()} == released()


def test_every_message_and_kind_of_ours_is_released() -> None:
    assert {name for name in current() if name.startswith(OURS)} <= set(released())
