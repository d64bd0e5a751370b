"""Child processes that die with the process that started them."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)  # loaded before any fork: loading after it may deadlock


@dataclass(frozen=True)
class Account:
    """A Unix account that a child runs as."""

    name: str
    uid: int
    gid: int


def die_with_parent(death: signal.Signals, parent: int) -> Callable[[], None]:
    """Return what a fresh child runs so that the kernel ends it when its parent ends.

    The kernel watches the *thread* that forked: start children from the main thread only.
    """

    def arrange() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death), 0, 0, 0)
        if os.getppid() != parent:  # the parent died between fork and prctl
            os._exit(1)

    return arrange


def start(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    log: Path,
    account: Account | None = None,
    cwd: Path | None = None,
    death: signal.Signals = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Start ``argv`` in a session of its own, writing to ``log``, as ``account`` if one is given.

    A session of its own keeps a Ctrl-C of the terminal from the children: they are ended by their
    parent, in order. The log is opened without following links, for its folder may belong to the
    child's account.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    output = os.open(log, flags, 0o640)
    try:
        if account is not None:
            os.fchown(output, account.uid, account.gid)
        return subprocess.Popen(
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd=cwd or "/",
            start_new_session=True,
            preexec_fn=die_with_parent(death, os.getpid()),  # noqa: PLW1509  # no threads at this point
            **as_account(account),
        )
    finally:
        os.close(output)


def run(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    account: Account | None = None,
    given: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run ``argv`` to its end as ``account``; return its code and what it printed."""
    return subprocess.run(
        list(argv),
        input=given,
        capture_output=True,
        text=True,
        env=dict(env),
        cwd="/",
        check=False,
        **as_account(account),
    )


def as_account(account: Account | None) -> dict[str, Any]:
    """Return the arguments that make a subprocess drop to ``account``, with its own groups."""
    if account is None:
        return {}
    groups = os.getgrouplist(account.name, account.gid)
    return {"user": account.uid, "group": account.gid, "extra_groups": groups}


def ended(child: subprocess.Popen[bytes], *, patience: float) -> int:
    """Return the code of ``child``, which was asked to end; kill it after ``patience`` seconds."""
    try:
        return child.wait(patience)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
