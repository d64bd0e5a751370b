"""The child process: takes descriptors of files, answers with verdicts, holds no key.

Started by ``pool`` as ``python -I -m xiezhi.files.sandbox.child <socket descriptor>``.
"""

import os
import resource
import signal
import socket
import sys
from typing import BinaryIO, Final

from PIL import Image

from xiezhi.files.sandbox.content import media_type_of
from xiezhi.files.sandbox.image import judge_image, render_image
from xiezhi.files.sandbox.pdf import judge_pdf, render_pdf
from xiezhi.files.sandbox.protocol import (
    LARGEST_MESSAGE,
    Judge,
    MediaType,
    Problem,
    Rejected,
    Render,
    Task,
    Verdict,
    decode_task,
)

MEMORY_BYTES: Final = 2 << 30
OUTPUT_BYTES: Final = 64 << 20
OPEN_FILES: Final = 32
TASK_SECONDS: Final = 25
"""Later than the parent's patience: the alarm is for a child whose parent is gone."""


def main(descriptor: int) -> None:
    """Serve tasks until the parent closes its end."""
    _confine()
    with socket.socket(fileno=descriptor) as parent:
        while True:
            message, files, _, _ = socket.recv_fds(parent, LARGEST_MESSAGE, 2)
            if not message:
                return
            signal.alarm(TASK_SECONDS)
            try:
                answer = _answer(decode_task(message), files)
            finally:
                for each in files:
                    os.close(each)
            signal.alarm(0)
            parent.send(answer.encode())


def _confine() -> None:
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in limits:
        resource.setrlimit(which, (most, most))
    # A forked grandchild could outlive every limit of time.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _answer(task: Task, files: list[int]) -> Verdict:
    source, *targets = files
    try:
        with os.fdopen(os.dup(source), "rb") as file:
            media_type = media_type_of(file)
            if isinstance(task, Judge):
                return Verdict(None, media_type, _judge(file, media_type, task))
            with os.fdopen(os.dup(targets[0]), "wb") as target:
                return Verdict(None, _render(file, media_type, task, target), 1)
    except Rejected as rejected:
        return Verdict(rejected.problem)
    except (MemoryError, RecursionError):
        return Verdict(Problem.TOO_COMPLEX)


def _judge(file: BinaryIO, media_type: MediaType, task: Judge) -> int:
    if media_type is MediaType.PDF:
        return judge_pdf(file, task.limits)
    return judge_image(file, media_type, task.limits)


def _render(file: BinaryIO, media_type: MediaType, task: Render, target: BinaryIO) -> MediaType:
    """Write the picture anew: nothing of the original's bytes gets out."""
    if media_type is MediaType.JPEG:
        picture = render_image(file, media_type, task.limits, task.width)
        picture.save(target, "JPEG", quality=85, exif=b"")
        return MediaType.JPEG
    picture = (
        render_pdf(file, task.page, task.width)
        if media_type is MediaType.PDF
        else render_image(file, media_type, task.limits, task.width)
    )
    _without_metadata(picture).save(target, "PNG")
    return MediaType.PNG


def _without_metadata(picture: Image.Image) -> Image.Image:
    picture.info.clear()
    return picture


if __name__ == "__main__":
    main(int(sys.argv[1]))
