"""One process per site: the driver speaks, the side does, line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Final, Self

_OWN: Final = ("DJANGO_SETTINGS_MODULE", "XIEZHI_SITE", "XIEZHI_DB_ROLE", "XIEZHI_PROCESS")
Deed = Callable[..., Any]


class SideFailed(Exception):
    """A side could not do what it was told."""


class Side:
    """The process of one site, told one deed at a time."""

    def __init__(self, site: str) -> None:
        """Start the process with the settings, and the database address, of its site alone."""
        other = "COURT" if site == "service" else "SERVICE"
        kept = {k: v for k, v in os.environ.items() if k not in _OWN}
        kept = {k: v for k, v in kept.items() if not k.startswith(f"DATABASE_URL_{other}")}
        self.site = site
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", f"xiezhi.sites.demo.{site}_side"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=kept
            | {
                "DJANGO_SETTINGS_MODULE": f"xiezhi.sites.{site}.settings",
                "XIEZHI_SITE": site,
                "XIEZHI_PROCESS": "demo",
            },
        )

    def __call__(self, deed: str, **facts: object) -> Any:
        """Have ``deed`` done and return what came of it. Raises :class:`SideFailed`."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:
            raise SideFailed(self.site)
        stdin.write(json.dumps({"deed": deed, "facts": facts}, ensure_ascii=False) + "\n")
        stdin.flush()
        answer = stdout.readline()
        if not answer:
            raise SideFailed(f"{self.site}: {deed}")
        return json.loads(answer)["done"]

    def __enter__(self) -> Self:
        """Keep the process for the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(30)


def serve(deeds: Mapping[str, Deed]) -> None:
    """Do what the driver says until it hangs up; an error ends the process with its traceback."""
    answers = sys.stdout
    sys.stdout = sys.stderr
    for line in sys.stdin:
        told = json.loads(line)
        done = deeds[told["deed"]](**told["facts"])
        answers.write(json.dumps({"done": done}, ensure_ascii=False, default=str) + "\n")
        answers.flush()
