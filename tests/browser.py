"""The programs of the journeys: Chromium, and a running site.

Chromium comes from npm, so it needs neither root nor a package of the system. It knows no other
machine than this one.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from omzien.config.installation import Installation
from omzien.config.supervisor import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from omzien.config.provision import DatabaseUrls
    from tests.cluster import TestCluster

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
UNPACK = "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"


@dataclass(frozen=True)
class RunningSite:
    """The demo as a visitor finds it: its address, the log-ins it prints, its database."""

    address: str
    logins: str
    urls: DatabaseUrls


@pytest.fixture(scope="session")
def running_site(template: TestCluster, worker_name: str) -> Iterator[RunningSite]:
    """Serve the demo town with the web server and the worker of production."""
    with template.once("demo") as first:
        if first:
            fill(template)
    name = f"site_{worker_name}"
    urls = template.clone(name, template="demo")
    with served(site_plan(template), urls) as plan:
        logins = (template.folder / "site" / "log" / "logins.txt").read_text(encoding="utf-8")
        yield RunningSite(plan.address, logins, urls)
    template.drop(name)


def fill(template: TestCluster) -> None:
    """Make the database `demo`, from which every worker takes a copy."""
    urls = template.clone("demo")
    with psycopg.connect(urls.owner) as owner:
        owner.execute("CREATE TABLE omzien_demo ()")
    plan = site_plan(template)
    plan.installation.make_folders()
    run.prepare_site(plan, variables_for(plan, urls))


def site_plan(template: TestCluster) -> run.Plan:
    var = template.folder / "site"
    here = Installation(var=var, secrets=template.secrets, static=var / "static")
    return run.Plan(installation=here, port=free_port(), demo=True)


def variables_for(plan: run.Plan, urls: DatabaseUrls) -> dict[str, str]:
    return run.environment_for(plan, urls) | {"OMZIEN_SITE_URL": plan.address}


@contextmanager
def served(plan: run.Plan, urls: DatabaseUrls) -> Iterator[run.Plan]:
    """Run the web server and the worker on the database of `urls` for a while."""
    services = run.services_for(plan, variables_for(plan, urls))
    try:
        run.wait_until_served(plan, services)
        yield plan
    finally:
        for service in services:
            service.ask_to_stop()
        for service in services:
            service.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Unpack the browser once per machine user and return its path."""
    folder = ROOT / "build" / f"chromium-{os.geteuid()}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            ["node", "--input-type=module", "--eval", UNPACK],  # noqa: S607 - Node.js of the set-up
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(folder)},
            capture_output=True,
            text=True,
            check=True,
        )
    return done.stdout.strip()
