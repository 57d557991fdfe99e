"""Where the data is: a cluster of our own, or the server that DATABASE_URL names."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from psycopg.conninfo import conninfo_to_dict

from omzien.config import environment, provision
from omzien.config.supervisor import cluster as clusters
from omzien.config.supervisor.faults import Trouble
from omzien.config.supervisor.services import BackOff, describe

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    from omzien.config.installation import Installation

DATABASE = "omzien"
TRIES_AT_FIRST = 5


class GivenDatabase:
    """A server that somebody else keeps; we only make our database in it."""

    def __init__(self, installation: Installation, admin_url: str) -> None:
        self.installation = installation
        self.admin_url = admin_url

    def start(self) -> provision.DatabaseUrls:
        return self.addresses()

    def addresses(self) -> provision.DatabaseUrls:
        """Provision with an administrator's address, unless all three addresses are given."""
        owner = environment.text("OMZIEN_OWNER_DATABASE_URL")
        retention = environment.text("OMZIEN_RETENTION_DATABASE_URL")
        if owner:
            return provision.DatabaseUrls(self.admin_url, owner, retention)
        name = str(conninfo_to_dict(self.admin_url).get("dbname") or DATABASE)
        secrets = self.installation.secrets
        return provision.provision(self.admin_url, database=name, secrets=secrets)

    def tend(self) -> bool:
        return False

    def stop(self) -> None:
        """Leave it running: it is not ours."""


@dataclass
class EmbeddedDatabase:
    """A cluster of our own, started again whenever it ends."""

    installation: Installation
    say: Callable[[str], None]
    process: subprocess.Popen[bytes] | None = None
    back_off: BackOff = field(default_factory=BackOff)
    started: float = 0.0

    def __post_init__(self) -> None:
        self.cluster = clusters.Cluster(
            home=clusters.home_for(self.installation.var), secrets=self.installation.secrets
        )
        self.log = self.installation.log / "postgres.log"
        # Written when the cluster is made: tells an old installation from a new one.
        self.known = self.installation.var / "cluster"

    def start(self) -> provision.DatabaseUrls:
        if self.is_there():
            self.refuse_lost_secrets()
        if not self.is_there():
            self.say("Making the database …")
        clusters.make(self.cluster)
        self.known.write_text(f"{self.cluster.home}\n", encoding="utf-8")
        while not self.bring_up():
            if self.back_off.failures >= TRIES_AT_FIRST:
                raise Trouble(f"The database does not start: {self.last_words()}")
        return self.addresses()

    def is_there(self) -> bool:
        return (self.cluster.data / "PG_VERSION").is_file()

    def refuse_lost_secrets(self) -> None:
        """Leave a database without its secrets alone, unless this installation is new."""
        if provision.secret_file(clusters.SUPERUSER, self.installation.secrets).is_file():
            return
        if self.known.is_file() or self.cluster.home.is_relative_to(self.installation.var):
            raise Trouble(clusters.secrets_are_gone(self.cluster))
        clusters.put_former_aside(self.cluster, self.say)

    def addresses(self) -> provision.DatabaseUrls:
        """Mend roles and rights in the running cluster and return where it is."""
        return provision.provision(
            self.cluster.admin_url, database=DATABASE, secrets=self.installation.secrets
        )

    def bring_up(self) -> bool:
        """Start the server and wait until it answers; return False if it ended instead."""
        time.sleep(max(0.0, self.back_off.not_before - time.monotonic()))
        clusters.clear_leftovers(self.cluster, self.say)
        self.started = time.monotonic()
        self.process = clusters.start(self.cluster, self.log)
        if clusters.wait_until_ready(self.cluster, self.process, self.say):
            return True
        self.back_off.failed(now=time.monotonic(), started=self.started)
        return False

    def tend(self) -> bool:
        """Bring the server back if it has ended; return whether that was needed."""
        if self.process is None or self.process.poll() is None:
            return False
        self.back_off.failed(now=time.monotonic(), started=self.started)
        code = describe(self.process.returncode)
        self.say(f"The database ended ({code}) and is started again.")
        while not self.bring_up():
            self.say(f"The database does not start yet: {self.last_words()}")
        self.say("The database is back.")
        return True

    def stop(self) -> None:
        if self.process is not None:
            clusters.stop(self.process)

    def last_words(self) -> str:
        """Return the last fault that the server wrote down."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        faults = [line for line in lines if is_fault(line)]
        return (faults or lines or ["it said nothing"])[-1]


def is_fault(line: str) -> bool:
    """Our own knocking at the door while it starts is no fault."""
    return ("FATAL:" in line or "PANIC:" in line) and "is starting up" not in line


def database_of(
    installation: Installation, say: Callable[[str], None]
) -> GivenDatabase | EmbeddedDatabase:
    given = environment.text("DATABASE_URL")
    if given:
        return GivenDatabase(installation, given)
    return EmbeddedDatabase(installation, say)
