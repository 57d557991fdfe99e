"""A throw-away PostgreSQL cluster for one run of the tests.

It lies in a folder of its own, listens on a socket in that folder only, writes nothing safely,
and ends with the process that started it, also when that process is killed. What a killed run
left on disk is swept up by the next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from omzien.config import provision
from omzien.config.supervisor import cluster as clusters
from omzien.config.supervisor import programs

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "omzien-test-"
HOME, ADMIN = "OMZIEN_TEST_CLUSTER", "OMZIEN_TEST_ADMIN"
TEMPLATE = "omzien"


@dataclass(frozen=True)
class TestCluster:
    """A running cluster: its administrator's address and a folder for secrets."""

    __test__ = False

    folder: Path
    admin_url: str

    @property
    def secrets(self) -> Path:
        return self.folder / "secrets"

    def urls(self, database: str) -> provision.DatabaseUrls:
        """Return the addresses of `database`, with the log-ins of the template."""
        names = {
            who: provision.password_of(provision.login(TEMPLATE, who), self.secrets)
            for who in provision.GROUP_OF
        }
        found = provision.urls(self.admin_url, database=TEMPLATE, passwords=names)
        return provision.DatabaseUrls(
            default=provision.address(found.default, dbname=database),
            owner=provision.address(found.owner, dbname=database),
            retention=provision.address(found.retention, dbname=database),
        )

    def make_template(self) -> provision.DatabaseUrls:
        return provision.provision(self.admin_url, database=TEMPLATE, secrets=self.secrets)

    def clone(self, name: str, template: str = TEMPLATE) -> provision.DatabaseUrls:
        urls = self.urls(name)
        provision.clone(self.admin_url, template=template, name=name, roles_of=TEMPLATE)
        return urls

    def drop(self, name: str) -> None:
        provision.drop(self.admin_url, name)

    @contextmanager
    def once(self, what: str) -> Iterator[bool]:
        """Yield True to the first process that comes; the others wait until it has finished."""
        done = self.folder / f"{what}.done"
        with (self.folder / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield not done.exists()
            done.touch()

    def publish(self) -> None:
        """Tell child processes (the workers of pytest-xdist) where the cluster is."""
        os.environ.update({HOME: str(self.folder), ADMIN: self.admin_url})

    @classmethod
    def published(cls) -> Self:
        return cls(Path(os.environ[HOME]), os.environ[ADMIN])


def parent_folder() -> Path:
    """Return where test clusters lie: for root where the database's user can come."""
    if os.geteuid() == 0:
        programs.make_root_folder()
        return programs.CLUSTERS_OF_ROOT
    return Path(tempfile.gettempdir())


@contextmanager
def running_cluster() -> Iterator[TestCluster]:
    """Make and start a cluster of our own; stop it and throw it away afterwards."""
    parent = parent_folder()
    sweep(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    folder.chmod(0o711)
    with held(folder):
        try:
            with cluster_in(folder) as cluster:
                yield cluster
        finally:
            shutil.rmtree(folder)


@contextmanager
def cluster_in(folder: Path) -> Iterator[TestCluster]:
    """Start the cluster in a folder, made where it is not there; stop it afterwards."""
    mine = clusters.Cluster(
        folder / "postgres", folder / "secrets", settings=dict(clusters.CARELESS)
    )
    clusters.make(mine)
    server = clusters.start(mine, folder / "log")
    try:
        assert clusters.wait_until_ready(mine, server, print), (folder / "log").read_text()
        yield TestCluster(folder, mine.admin_url)
    finally:
        clusters.stop(server, patience=5)


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which tells others that its owner is alive."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def sweep(parent: Path) -> None:
    """Remove test folders of ours that nobody holds any more."""
    for lock in parent.glob(f"{PREFIX}*/lock"):
        if lock.stat().st_uid == os.geteuid() and is_free(lock):
            shutil.rmtree(lock.parent, ignore_errors=True)


def is_free(path: Path) -> bool:
    try:
        with path.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:
        return False
