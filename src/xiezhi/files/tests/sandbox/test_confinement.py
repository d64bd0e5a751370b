"""The child can open nothing, reach nobody and start nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from xiezhi.files.sandbox.confinement import _CREATE_RULESET, _VERSION_WANTED, _kernel

NETWORK_SINCE = 4


def landlock_version() -> int:
    return int(_kernel.syscall(_CREATE_RULESET, None, 0, _VERSION_WANTED))


def confined(attempt: str) -> str:
    """Run ``attempt`` in a confined process and return the name of its error."""
    program = (
        "import os, socket, subprocess\n"
        "from xiezhi.files.sandbox.confinement import confine\n"
        "confine()\n"
        "try:\n"
        f"    {attempt}\n"
        "except Exception as error:\n"
        "    os.write(1, type(error).__name__.encode())\n"
    )
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)
    return done.stdout.decode()


@pytest.mark.skipif(landlock_version() < 1, reason="this kernel has no Landlock")
@pytest.mark.parametrize(
    "attempt", ["open('/etc/hostname')", "os.listdir('/')", "open('/tmp/x', 'w')"]
)
def test_child_can_open_no_file(attempt: str) -> None:
    assert confined(attempt) == "PermissionError"


@pytest.mark.skipif(landlock_version() < 1, reason="this kernel has no Landlock")
def test_child_cannot_read_keys(tmp_path: Path) -> None:
    key = tmp_path / "master.json"
    key.write_text("secret")
    assert confined(f"open({str(key)!r})") == "PermissionError"


@pytest.mark.skipif(landlock_version() < NETWORK_SINCE, reason="this kernel cannot close networks")
def test_child_can_reach_no_network() -> None:
    assert confined("socket.create_connection(('127.0.0.1', 9))") == "PermissionError"


def test_child_can_start_nothing() -> None:
    assert confined("subprocess.run(['/bin/true'])") in {"PermissionError", "BlockingIOError"}


def test_child_has_limited_memory() -> None:
    assert confined("bytes(3 << 30)") == "MemoryError"
