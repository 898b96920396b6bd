"""Locking a process in: from then on it reads, writes and reckons, and reaches nothing else.

A filter of the kernel (seccomp, Linux 3.17 and later) lets through only what a computation needs. No file is opened, no
socket made, no process begun or signalled, whatever the code does from then on: `EPERM`. It needs no rights and no
namespaces, so it holds in containers as well. Source: seccomp(2), Documentation/userspace-api/seccomp_filter.rst.
"""

import ctypes
import os
import platform
import resource
import struct
from pathlib import Path
from typing import Final

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD, EQUALS, ANY_BIT, AT_LEAST, RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
"""BPF: load a word; jump if equal, if any of these bits, if at least; return."""
ALLOW, KILL, REFUSE = 0x7FFF0000, 0x80000000, 0x00050000
NUMBER_AT, MACHINE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
CLONE_THREAD: Final = 0x10000
EPERM, ENOSYS = 1, 38
X32: Final = 0x40000000
NAMES: Final = """
read write close fstat lseek mmap mprotect munmap brk mremap madvise rt_sigaction rt_sigprocmask rt_sigreturn
sigaltstack futex sched_yield sched_getaffinity getpid gettid set_robust_list rseq clock_gettime getrandom
sysinfo exit exit_group clone clone3"""
X86_64: Final = """
0 1 3 5 8 9 10 11 12 25 28 13 14 15
131 202 24 204 39 186 273 334 228 318
99 60 231 56 435"""
AARCH64: Final = """
63 64 57 80 62 222 226 215 214 216 233 134 135 139
132 98 124 123 172 178 99 293 113 278
179 93 94 220 435"""
NUMBERS: Final = {"x86_64": (0xC000003E, X86_64), "aarch64": (0xC00000B7, AARCH64)}
"""What an architecture is called by the kernel, and its numbers of what is let through (`NAMES`)."""


class CannotLock(Exception):
    """This machine has no such filter: nothing that was sent may be looked at."""


def limit(memory: int, seconds: int) -> None:
    """Bytes of memory, seconds of the processor; nothing is written, and nothing is dumped."""
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def lock() -> None:
    """From here on. The process must have one thread. Raises `CannotLock`."""
    known = NUMBERS.get(platform.machine())
    if known is None or platform.system() != "Linux":
        raise CannotLock(f"no filter for {platform.system()} on {platform.machine()}")
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        raise CannotLock("other threads would not be locked in")
    program = _program(*known)
    code = ctypes.create_string_buffer(program, len(program))
    handed = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    none = ctypes.c_ulong(0)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), none, none, none):
        raise CannotLock(os.strerror(ctypes.get_errno()))
    if libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(MODE_FILTER), ctypes.c_char_p(handed), none, none):
        raise CannotLock(os.strerror(ctypes.get_errno()))


def _program(machine: int, numbers: str) -> bytes:
    named = dict(zip(NAMES.split(), map(int, numbers.split()), strict=True))
    refuse = _step(RETURN, REFUSE | EPERM)
    steps = [_step(LOAD, MACHINE_AT), _step(EQUALS, machine, yes=1), _step(RETURN, KILL)]
    steps += [_step(LOAD, NUMBER_AT), _step(AT_LEAST, X32, no=1), _step(RETURN, KILL)]
    steps += [_step(EQUALS, named.pop("clone3"), no=1), _step(RETURN, REFUSE | ENOSYS)]
    thread = named.pop("clone")  # a thread of its own, as decoders begin, and no process
    steps += [_step(EQUALS, thread, no=4), _step(LOAD, FIRST_ARGUMENT_AT), _step(ANY_BIT, CLONE_THREAD, no=1)]
    steps += [_step(RETURN, ALLOW), refuse]
    for number in named.values():
        steps += [_step(EQUALS, number, no=1), _step(RETURN, ALLOW)]
    return b"".join([*steps, refuse])


def _step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
    return struct.pack("HBBI", code, yes, no, value)
