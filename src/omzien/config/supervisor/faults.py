"""What can be wrong with a machine, in one sentence a person can act on."""

from __future__ import annotations

import errno
import os
import pwd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SENTENCES = {
    errno.ENOSPC: "The disk is full: {path} could not be written. Make room and try again.",
    errno.EDQUOT: "Your disk quota is used up: {path} could not be written.",
    errno.EROFS: "The disk is read-only: {path} could not be written.",
    errno.EACCES: "This user may not write {path}. It belongs to {owner}.",
    errno.EPERM: "This user may not change {path}. It belongs to {owner}.",
    errno.ENOENT: "{path} could not be found or made.",
}


class Trouble(Exception):
    """Something on this machine stands in the way; the message says what to do."""


def sentence(error: OSError) -> str:
    """Return what the operating system's refusal means for the person at the keyboard."""
    template = SENTENCES.get(error.errno or 0, "{path}: {reason}.")
    return template.format(
        path=error.filename or "a file",
        reason=os.strerror(error.errno or 0),
        owner=owner_of(str(error.filename or "/")),
    )


def owner_of(path: str | Path) -> str:
    """Return the name of the user that owns `path`, or the nearest parent that is there."""
    current = os.path.abspath(path)  # noqa: PTH100 - symbolic links stay as they are
    while not os.path.lexists(current):
        current = os.path.dirname(current)  # noqa: PTH120 - idem
    return name_of(os.lstat(current).st_uid)


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
