"""The parent's side: a few warm children, each used by one thread at a time."""

import atexit
import contextlib
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from queue import Empty, LifoQueue
from threading import BoundedSemaphore
from typing import Final

import structlog

from xiezhi.files.sandbox.protocol import LARGEST_MESSAGE, Problem, Task, Verdict
from xiezhi.files.sandbox.served import Gone, Readable, announce, serve

SECONDS: Final = 20
MOST_CHILDREN: Final = 2
TASKS_PER_CHILD: Final = 200

log = structlog.get_logger(__name__)


@dataclass
class Child:
    """One process and the socket to it."""

    process: "subprocess.Popen[bytes]"
    channel: socket.socket
    done: int = 0

    @classmethod
    def start(cls) -> "Child":
        """Start a child with nothing of ours: no environment, no descriptor but its socket."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                [sys.executable, "-I", "-m", "xiezhi.files.sandbox.child", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        return cls(process, ours)

    def ask(self, task: Task, source: Readable, results: list[int], seconds: float) -> Verdict:
        """Send a task, serve what the child reads of ``source``, and wait for its verdict.

        Refuses: ``TimeoutError`` and ``ChildLost``; the child is then of no more use. What
        reading the source refuses passes through.
        """
        end = time.monotonic() + seconds
        ours, theirs = socket.socketpair()
        with ours:
            try:
                with theirs:
                    socket.send_fds(self.channel, [task.encode()], [theirs.fileno(), *results])
                ours.settimeout(seconds)
                announce(ours, source)
            except TimeoutError:
                raise
            except OSError:
                raise ChildLost from None
            message = self._serve(ours, source, end)
        self.done += 1
        try:
            return Verdict.decode(message)
        except (ValueError, KeyError, TypeError):
            raise ChildLost from None

    def _serve(self, ours: socket.socket, source: Readable, end: float) -> bytes:
        """Answer the child's requests until its verdict is there."""
        with selectors.DefaultSelector() as both:
            both.register(self.channel, selectors.EVENT_READ)
            both.register(ours, selectors.EVENT_READ)
            while True:
                ready = {key.fileobj for key, _ in both.select(end - time.monotonic())}
                left = end - time.monotonic()
                if left <= 0 or not ready:
                    raise TimeoutError
                if self.channel in ready:
                    return self._verdict()
                ours.settimeout(left)
                if not _answered(ours, source):
                    both.unregister(ours)

    def _verdict(self) -> bytes:
        try:
            message = self.channel.recv(LARGEST_MESSAGE)
        except OSError:
            raise ChildLost from None
        if not message:
            raise ChildLost
        return message

    def end(self) -> None:
        """Kill the child and wait for it."""
        self.channel.close()
        self.process.kill()
        self.process.wait()


def _answered(ours: socket.socket, source: Readable) -> bool:
    """Answer one request; tell whether there may be more. The verdict says what went wrong."""
    try:
        serve(ours, source)
    except (Gone, BrokenPipeError, ConnectionResetError):
        return False
    return True


class ChildLost(Exception):
    """The child died or answered nonsense."""


class Pool:
    """At most ``MOST_CHILDREN`` at work in this process; started when first needed."""

    def __init__(self, *, seconds: float = SECONDS, children: int = MOST_CHILDREN) -> None:
        """Keep the limits."""
        self._seconds = seconds
        self._places = BoundedSemaphore(children)
        self._idle: LifoQueue[Child] = LifoQueue()

    def run(self, task: Task, source: Readable, *results: int) -> Verdict:
        """Have a child do the task on ``source``, writing to the descriptors ``results``.

        A child that does not answer in time, or dies, is replaced; the file gets the verdict
        ``TOO_COMPLEX`` and the caller goes on unharmed.
        """
        with self._places:
            child = self._borrow()
            try:
                verdict = child.ask(task, source, list(results), self._seconds)
            except (TimeoutError, ChildLost) as fault:
                child.end()
                log.warning("sandbox child replaced", fault=type(fault).__name__)
                return Verdict(Problem.TOO_COMPLEX)
            except BaseException:
                child.end()
                raise
            self._return(child)
            return verdict

    def close(self) -> None:
        """End all idle children."""
        with contextlib.suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def _borrow(self) -> Child:
        with contextlib.suppress(Empty):
            while True:
                child = self._idle.get_nowait()
                if child.process.poll() is None:
                    return child
                child.end()
        return Child.start()

    def _return(self, child: Child) -> None:
        if child.done >= TASKS_PER_CHILD:
            child.end()
        else:
            self._idle.put(child)


POOL: Final = Pool()
atexit.register(POOL.close)
