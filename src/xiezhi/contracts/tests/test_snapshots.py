"""What was released never changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from xiezhi.contracts.snapshots import FOLDER, altered, current, released, write_missing
from xiezhi.contracts.traffic import EXCHANGE, TRAFFIC
from xiezhi.contracts.versions import dead_ends

OURS = ("message.", "kind.filing.civil.private_lending.")


def test_every_released_schema_is_what_the_models_say() -> None:
    now = {name: json.loads(json.dumps(schema)) for name, schema in current().items()}

    assert {name: now.get(name) for name in released()} == released()


def test_every_message_and_kind_of_ours_is_released() -> None:
    assert {name for name in current() if name.startswith(OURS)} <= set(released())


def test_no_released_schema_was_changed_or_deleted() -> None:
    assert altered() == []


def test_a_changed_or_deleted_schema_is_found_and_stays_found(tmp_path: Path) -> None:
    folder = tmp_path / "schemas"
    shutil.copytree(FOLDER, folder)
    changed, deleted = (
        "message.application.accepted.v1.json",
        "message.application.rejected.v1.json",
    )
    (folder / changed).write_text((folder / changed).read_text().replace("uuid", "date"))
    (folder / deleted).unlink()

    assert altered(folder) == [changed, deleted]

    write_missing(folder)
    assert altered(folder) == [changed]


def test_every_released_version_is_read_as_the_newest() -> None:
    assert dead_ends() == []


def test_the_table_of_traffic_names_every_released_type() -> None:
    types = {name.split(".", 1)[1].rsplit(".", 2)[0] for name in released() if "message." in name}

    assert {name for name in types if not name.startswith(EXCHANGE)} == set(TRAFFIC)
