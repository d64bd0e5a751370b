"""The child process: takes descriptors of files, answers with verdicts, holds no key.

Started by ``pool`` as ``python -I -m xiezhi.files.sandbox.child <socket descriptor>``.
"""

import io
import os
import signal
import socket
import sys
from typing import BinaryIO, Final

import pikepdf
from PIL import Image

from xiezhi.files.sandbox.confinement import confine
from xiezhi.files.sandbox.content import media_type_of
from xiezhi.files.sandbox.image import judge_image, render_image
from xiezhi.files.sandbox.pdf import judge_pdf, render_pdf
from xiezhi.files.sandbox.protocol import (
    LARGEST_MESSAGE,
    Judge,
    Limits,
    MediaType,
    Problem,
    Rejected,
    Render,
    Task,
    Verdict,
    decode_task,
)
from xiezhi.files.sandbox.served import ServedFile

_BUFFER: Final = 64 * 1024
_ORIENTATION: Final = 0x0112
TASK_SECONDS: Final = 25
"""Later than the parent's patience: the alarm is for a child whose parent is gone."""


def main(descriptor: int) -> None:
    """Serve tasks until the parent closes its end."""
    _warm_up()
    confine()
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


def _warm_up() -> None:
    """Judge and draw one file of each type, so that nothing is left to be opened later.

    The PDF is encrypted (without a password to open it): qpdf opens its source of random
    numbers only then.
    """
    limits = Limits(pages=1, pixels=100)
    locked = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(locked, encryption=pikepdf.Encryption(owner="owner", user=""))
    Image.init()
    samples = [locked]
    turned = Image.Exif()
    turned[_ORIENTATION] = 6
    for form in ("JPEG", "PNG"):
        samples.append(io.BytesIO())
        Image.new("RGB", (8, 8), "white").save(samples[-1], form, exif=turned)
    for sample in samples:
        _judge(sample, media_type_of(sample), Judge(limits))
        _render(sample, media_type_of(sample), Render(limits, page=1, width=8), io.BytesIO())


def _answer(task: Task, files: list[int]) -> Verdict:
    channel, *targets = files
    try:
        with (
            socket.socket(fileno=os.dup(channel)) as parent,
            io.BufferedReader(ServedFile(parent), _BUFFER) as file,
        ):
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
