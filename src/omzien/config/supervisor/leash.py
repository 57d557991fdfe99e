"""Run a program that ends when its parent ends, however that may be.

leash.py PARENT SIGNAL UID GID PROGRAM ARGUMENT…

Linux sends SIGNAL to the program once PARENT (the process that started this) is gone, even after
`kill -9`. When root, the program runs as UID and GID. Standard library only: it starts quickly.
"""

from __future__ import annotations

import ctypes
import os
import sys

SET_PARENT_DEATH_SIGNAL = 1


def end_with_parent(parent: int, number: int) -> None:
    """Ask Linux for signal `number` once `parent` has gone; end now if it has gone already."""
    library = ctypes.CDLL(None, use_errno=True)
    if library.prctl(SET_PARENT_DEATH_SIGNAL, number) != 0:
        raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os._exit(1)


def become(uid: int, gid: int) -> None:
    """Give up root for good; does nothing for whoever is this user already."""
    if os.geteuid() == uid:
        return
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(arguments: list[str]) -> None:
    parent, number, uid, gid = map(int, arguments[:4])
    # In this order: a change of user forgets the signal.
    become(uid, gid)
    end_with_parent(parent, number)
    os.execv(arguments[4], arguments[4:])  # noqa: S606 - no shell is what we want


if __name__ == "__main__":
    main(sys.argv[1:])
