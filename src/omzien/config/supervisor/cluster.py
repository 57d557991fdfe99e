"""One PostgreSQL cluster that belongs to one installation: make it, start it, stop it.

Nothing here looks for clusters: a cluster is a folder that we made, and only processes that
work in that very folder are ever ended.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from omzien.config import provision
from omzien.config.supervisor import programs
from omzien.config.supervisor.faults import Trouble, name_of

if TYPE_CHECKING:
    from collections.abc import Callable

SUPERUSER = "postgres"
# The address of a socket has 108 bytes at most, of which ".s.PGSQL.5432" takes 14.
LONGEST_SOCKET_FOLDER = 90
NEEDED_BYTES = 300_000_000
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "max_connections": "60",
    "timezone": "UTC",
    # The log may never hold what somebody typed: no statements, no values.
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
# For data that may go when the machine goes: tests.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Cluster:
    """A folder with everything of one cluster, and the user that it runs as."""

    home: Path
    secrets: Path
    who: programs.Account = field(default_factory=programs.account)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def socket_folder(self) -> Path:
        """Beside the data; where that path is too long for a socket, in /tmp."""
        near = self.home / "socket"
        if len(os.fsencode(near)) <= LONGEST_SOCKET_FOLDER:
            return near
        return Path("/tmp") / f"omzien-{self.who.uid}-{digest(self.home)}"  # noqa: S108 - checked by `private_folder`

    @property
    def admin_url(self) -> str:
        password = provision.password_of(SUPERUSER, self.secrets)
        return provision.address(
            "", user=SUPERUSER, password=password, host=str(self.socket_folder), dbname="postgres"
        )


def digest(path: Path) -> str:
    return sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def home_for(installation: Path) -> Path:
    """Return where the cluster of this installation lies."""
    if os.geteuid() == 0:
        return programs.CLUSTERS_OF_ROOT / digest(installation)
    return installation / "postgres"


# --- Making it ----------------------------------------------------------------------------------


def make(cluster: Cluster) -> None:
    """Make the cluster unless it is there; half a cluster is thrown away first."""
    private_folder(cluster.home, cluster.who)
    private_folder(cluster.socket_folder, cluster.who)
    if (cluster.data / "PG_VERSION").is_file():
        refuse_other_version(cluster)
        return
    refuse_full_disk(cluster.home)
    unfinished = cluster.home / "data.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    initialise(cluster, unfinished)
    unfinished.rename(cluster.data)


def put_former_aside(cluster: Cluster, say: Callable[[str], None]) -> None:
    """Give way to a new installation where root removed the old one's folder, secrets included.

    What it left in /var/lib is kept under another name.
    """
    clear_leftovers(cluster, say)
    number = 1 + sum(1 for _ in cluster.home.parent.glob(f"{cluster.home.name}.former*"))
    former = cluster.home.with_name(f"{cluster.home.name}.former{number}")
    cluster.home.rename(former)
    say(f"The database of an earlier installation in this folder was put aside: {former}")


def private_folder(path: Path, who: programs.Account) -> None:
    """Make the folder for `who` alone; refuse one that is somebody else's."""
    if os.geteuid() == 0 and path.parent == programs.CLUSTERS_OF_ROOT:
        programs.make_root_folder()
    try:
        path.mkdir(mode=0o700)
        os.chown(path, who.uid, who.gid)
    except FileExistsError:
        owner = path.lstat().st_uid
        if owner != who.uid or not path.is_dir() or path.is_symlink():
            raise Trouble(
                f"{path} belongs to {name_of(owner)}, not to {name_of(who.uid)}: the database is"
                " left alone. Work as that user, or set DATABASE_URL."
            ) from None


def refuse_full_disk(folder: Path, *, needed: int = NEEDED_BYTES) -> None:
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Trouble(
            f"The disk is full: {folder} has room for {free // 1_000_000} MB and the database"
            f" needs {needed // 1_000_000} MB. Make room and try again."
        )


def refuse_other_version(cluster: Cluster) -> None:
    ours = program_version()
    theirs = (cluster.data / "PG_VERSION").read_text(encoding="ascii").strip()
    if ours != theirs:
        raise Trouble(
            f"The database in {cluster.data} was made by PostgreSQL {theirs}; this is {ours}."
            " docs/operate.md says how to move it over."
        )


def program_version() -> str:
    """Return the main number, "18", of "postgres (PostgreSQL) 18.6"."""
    done = programs.run_as(programs.account(), [str(programs.folder() / "postgres"), "--version"])
    return done.stdout.split()[-1].split(".")[0]


def initialise(cluster: Cluster, data: Path) -> None:
    password_file = cluster.home / "password"
    password_file.unlink(missing_ok=True)
    password_file.touch(mode=0o600)
    password_file.write_text(provision.password_of(SUPERUSER, cluster.secrets), encoding="ascii")
    os.chown(password_file, cluster.who.uid, cluster.who.gid)
    command = [str(programs.folder() / "initdb"), "-D", str(data), "-U", SUPERUSER]
    command += ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command += ["--locale=C", "--auth=scram-sha-256", f"--pwfile={password_file}"]
    command += ["--no-sync"] if cluster.settings.get("fsync") == "off" else []
    done = programs.run_as(cluster.who, command)
    password_file.unlink()
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no reason given"])[0]
        raise Trouble(f"PostgreSQL could not make a database in {cluster.home}: {reason}")


# --- Running it ---------------------------------------------------------------------------------


def command(cluster: Cluster) -> list[str]:
    """Return the command that runs the cluster and shuts it down neatly if we disappear."""
    settings = SETTINGS | cluster.settings
    settings |= {"unix_socket_directories": str(cluster.socket_folder)}
    run = [str(programs.folder() / "postgres"), "-D", str(cluster.data)]
    for name, value in settings.items():
        run += ["-c", f"{name}={value}"]
    # SIGINT is PostgreSQL's "fast": break off what runs, write everything down, end.
    return programs.leashed(cluster.who, run, signal.SIGINT)


def start(cluster: Cluster, log: Path) -> subprocess.Popen[bytes]:
    """Start the server; it may still have to recover: see `wait_until_ready`."""
    with log.open("ab") as output:
        return subprocess.Popen(
            command(cluster),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def wait_until_ready(
    cluster: Cluster, server: subprocess.Popen[bytes], say: Callable[[str], None]
) -> bool:
    """Wait as long as recovery takes; return False if the server ended instead."""
    began = told = time.monotonic()
    while server.poll() is None:
        if answers(cluster):
            return True
        if time.monotonic() - told > 3:  # noqa: PLR2004 - seconds
            told = time.monotonic()
            say(f"The database is still starting or recovering ({told - began:.0f} s) …")
        time.sleep(0.03)
    return False


def answers(cluster: Cluster) -> bool:
    try:
        with psycopg.connect(cluster.admin_url, connect_timeout=5):
            return True
    except psycopg.OperationalError as error:
        if "password authentication failed" in str(error):
            raise Trouble(secrets_are_gone(cluster)) from error
        return False


def secrets_are_gone(cluster: Cluster) -> str:
    return (
        f"The database in {cluster.home} does not know the passwords in {cluster.secrets}. Put the"
        " secrets back that were made with it, or move that folder away to begin with nothing."
    )


def stop(server: subprocess.Popen[bytes], *, patience: float = 60) -> None:
    """Stop neatly; after `patience` seconds at once, which costs a recovery and no data."""
    for number, seconds in ((signal.SIGINT, patience), (signal.SIGQUIT, 10), (signal.SIGKILL, 10)):
        if server.poll() is not None:
            return
        server.send_signal(number)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


# --- What a killed predecessor left behind ------------------------------------------------------


def leftovers(cluster: Cluster) -> list[int]:
    """Return the processes that still work in our data folder, and in no other."""
    data = cluster.data.resolve()
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if works_in(pid, data)]


def works_in(pid: int, folder: Path) -> bool:
    """Tell whether `pid` is a postgres process whose working folder is `folder`."""
    try:
        link = Path(f"/proc/{pid}")
        return (link / "cwd").readlink() == folder and "postgres" in (
            (link / "comm").read_text(encoding="utf-8", errors="replace")
        )
    except OSError:
        return False


def clear_leftovers(cluster: Cluster, say: Callable[[str], None], *, patience: float = 60) -> None:
    """Let what a killed predecessor left in our own folder come to its end."""
    began = told = time.monotonic()
    end_all(leftovers(cluster), signal.SIGINT)
    while remaining := leftovers(cluster):
        now = time.monotonic()
        if now - told > 3:  # noqa: PLR2004 - seconds
            told = now
            say(f"Waiting for the database's last processes to end ({now - began:.0f} s) …")
        if now - began > patience:
            end_all(remaining, signal.SIGKILL)
        time.sleep(0.05)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)


def end_all(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
