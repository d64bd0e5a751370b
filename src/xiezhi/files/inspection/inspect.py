"""Judge one file in a child process."""

from collections.abc import Iterator
from contextlib import contextmanager

from xiezhi.files.inspection.finding import Finding
from xiezhi.files.inspection.limits import UploadLimits, upload_limits
from xiezhi.files.inspection.refusals import BY_PROBLEM, FileEmpty, FileTooLarge
from xiezhi.files.memory import Held, Source, in_memory
from xiezhi.files.sandbox.pool import POOL, Pool
from xiezhi.files.sandbox.protocol import Judge, Problem
from xiezhi.files.sandbox.served import Readable


def inspect(source: Source, *, name: str, limits: UploadLimits | None = None) -> Finding:
    """Return what the file is, or refuse it.

    ``name`` is only quoted to the person. The plaintext is held in memory, never on disk.
    Basis: 人民法院在线诉讼规则 11; 人民法院在线运行规则 35.
    Refuses: one of ``refusals``.
    """
    limits = limits or upload_limits()
    with held_upload(source, name=name, limits=limits) as held:
        return judge(held, name=name, limits=limits)


@contextmanager
def held_upload(source: Source, *, name: str, limits: UploadLimits) -> Iterator[Held]:
    """Hold an upload in memory. Refuses: ``FileTooLarge``; ``FileEmpty``."""
    with in_memory(source, most=limits.size) as held:
        if held is None:
            raise FileTooLarge(name=name, limit=limits.megabytes)
        if held.size == 0:
            raise FileEmpty(name=name)
        yield held


def judge(
    source: Readable, *, name: str, limits: UploadLimits, pool: Pool | None = None
) -> Finding:
    """Have a child look at a content; it reads what it needs of it through this process.

    Refuses: one of ``refusals``; a file that kills, hangs or exhausts the child is refused as
    too complex.
    """
    verdict = (pool or POOL).run(Judge(limits.for_child()), source)
    if verdict.problem is not None or verdict.media_type is None:
        problem = verdict.problem or Problem.DAMAGED
        megapixels = limits.pixels // 1_000_000
        raise BY_PROBLEM[problem](name=name, pages=limits.pages, megapixels=megapixels)
    return Finding(verdict.media_type, verdict.pages, source.size)
