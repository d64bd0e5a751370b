"""Take from this process what a hostile file could use: memory, files, network, other processes.

Limits of resources everywhere; Landlock where the kernel has it (Linux 5.13), which works without
privileges and cannot be undone.
"""

import ctypes
import os
import resource
from pathlib import Path
from typing import Final

MEMORY_BYTES: Final = 2 << 30
OUTPUT_BYTES: Final = 64 << 20
OPEN_FILES: Final = 32
_NOBODY: Final = 65534

FONTS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts")
"""All that may still be opened: a document may name a typeface without carrying it."""

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_WANTED: Final = 1
_PATH_BENEATH: Final = 1
_NO_NEW_PRIVILEGES: Final = 38
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
_FIRST_ACCESSES: Final = (1 << 13) - 1
_LATER_ACCESSES: Final = ((2, 1 << 13), (3, 1 << 14), (5, 1 << 15))
_NETWORK_SINCE: Final = 4
_NETWORK: Final = 0b11

_kernel = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("accesses", ctypes.c_uint64), ("directory", ctypes.c_int32))


def confine() -> bool:
    """Give everything up, for good; tell whether the kernel also closed files and network.

    Descriptors that are open stay usable: they are how files come in and pictures go out.
    """
    for which, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (most, most))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    # A grandchild could outlive every limit of time.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    return _close_files_and_network()


def _close_files_and_network() -> bool:
    version = _kernel.syscall(_CREATE_RULESET, None, 0, _VERSION_WANTED)
    if version < 1:
        return False
    accesses = _FIRST_ACCESSES
    for since, access in _LATER_ACCESSES:
        accesses |= access if version >= since else 0
    networked = version >= _NETWORK_SINCE
    rules = _Ruleset(accesses, _NETWORK if networked else 0)
    size = ctypes.sizeof(rules) if networked else ctypes.sizeof(ctypes.c_uint64)
    handle = _kernel.syscall(_CREATE_RULESET, ctypes.byref(rules), size, 0)
    if handle < 0:
        return False
    try:
        for folder in filter(os.path.isdir, FONTS):
            _allow_reading(handle, Path(folder))
        _kernel.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        return bool(_kernel.syscall(_RESTRICT_SELF, handle, 0) == 0)
    finally:
        os.close(handle)


def _allow_reading(handle: int, folder: Path) -> None:
    directory = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _Beneath(_READ_FILE | _READ_DIRECTORY, directory)
        _kernel.syscall(_ADD_RULE, handle, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(directory)
