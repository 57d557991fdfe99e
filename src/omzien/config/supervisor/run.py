"""`omzien run`: bring everything up, watch over it, and take it down in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from omzien.base.privacy.actions.keys import make_secrets
from omzien.config import environment, installation, provision
from omzien.config.supervisor import lock, prepare, programs, serve
from omzien.config.supervisor.database import EmbeddedDatabase, GivenDatabase, database_of
from omzien.config.supervisor.faults import Trouble, sentence
from omzien.config.supervisor.services import Service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from omzien.config.installation import Installation

LARGEST_LOG = 10_000_000
TRIES_AT_FIRST = 3
HIGHEST_PORT = 65535


class Stopping(BaseException):
    """Somebody asked us to stop."""


@dataclass(frozen=True)
class Plan:
    """What to run and where."""

    installation: Installation
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = False
    target: str = serve.APPLICATION

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def log(self, name: str) -> Path | None:
        """In the demo the terminal stays readable; elsewhere the machine keeps the log."""
        return self.installation.log / f"{name}.log" if self.demo else None


def plan_from_environment() -> Plan:
    return Plan(
        installation=installation.from_environment(),
        host=environment.text("OMZIEN_BIND", "127.0.0.1"),
        port=environment.integer("PORT", 8000),
        demo=environment.flag("OMZIEN_DEMO"),
    )


def say(message: str) -> None:
    """Tell the person at the terminal, if there still is one."""
    if message:
        with suppress(OSError):
            print(message, flush=True)


def run(plan: Plan) -> int:
    """Run until somebody says stop; return the exit code."""
    try:
        plan.installation.make_folders()
        with lock.held(plan.installation.lock, plan.address), stop_by_signal():
            return supervise(plan)
    except lock.Taken as taken:
        where = taken.holder.address if taken.holder else ""
        say(f"Omzien is running already: {where or 'another command is at work'}")
        return 0 if where else 1
    except Stopping:
        say("Omzien has stopped.")
        return 0
    except (Trouble, provision.ProvisioningFailed) as trouble:
        return complain(str(trouble))
    except OSError as error:
        return complain(sentence(error))


def complain(message: str) -> int:
    sys.stderr.write(f"Omzien does not start. {message}\n")
    return 1


@contextmanager
def stop_by_signal() -> Iterator[None]:
    """Turn the first request to stop into `Stopping`; later ones change nothing."""
    asked = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]

    def stop(*_: object) -> None:
        for number in asked:
            signal.signal(number, signal.SIG_IGN)
        raise Stopping

    for number in asked:
        signal.signal(number, stop)
    yield


def supervise(plan: Plan) -> int:
    began = time.monotonic()
    refuse_taken_port(plan.host, plan.port)
    make_secrets(plan.installation.secrets)
    shorten_logs(plan.installation.log)
    database = database_of(plan.installation, say)
    services: list[Service] = []
    try:
        variables = environment_for(plan, database.start())
        logins = prepare_site(plan, variables)
        services += services_for(plan, variables)
        wait_until_served(plan, services)
        say(f"\nOmzien is ready: {plan.address}  ({time.monotonic() - began:.1f} s)")
        say(logins)
        watch(database, services)
    finally:
        stop_all(database, services)
    return 0


def refuse_taken_port(host: str, port: int) -> None:
    if not 0 < port <= HIGHEST_PORT:
        raise Trouble(f"PORT={port}: a port is a number from 1 to {HIGHEST_PORT}.")
    with socket.socket() as probe:
        # Connections of a server that has just stopped are no hindrance.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Trouble(f"This user may not use port {port}: try PORT=8123.") from None
        except OSError:
            raise Trouble(
                f"Port {port} is taken by another program. Choose one: PORT=8123 make run"
            ) from None


def shorten_logs(folder: Path) -> None:
    """Keep one older part of a log that has grown large."""
    for log in folder.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.rename(log.with_suffix(".log.old"))


def environment_for(plan: Plan, urls: provision.DatabaseUrls) -> dict[str, str]:
    """Return the environment of all programs that we start."""
    variables = dict(os.environ)
    for name in urls.environment():
        variables.pop(f"{name}_FILE", None)
    variables |= plan.installation.environment() | urls.environment()
    variables |= {"OMZIEN_DEMO": "1" if plan.demo else "0", "PORT": str(plan.port)}
    variables.setdefault("OMZIEN_SITE_URL", plan.address)
    return variables


def prepare_site(plan: Plan, variables: dict[str, str]) -> str:
    """Bring tables, static files and the demo town up to date; return the demo's log-ins."""
    logins = plan.installation.log / "logins.txt"
    logins.unlink(missing_ok=True)
    logins.touch(mode=0o600)
    command = [sys.executable, "-m", prepare.__name__, str(logins)]
    me = programs.Account(os.geteuid(), os.getegid())
    done = subprocess.run(
        programs.leashed(me, command, signal.SIGKILL),
        env=variables,
        check=False,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    if done.returncode != 0:
        raise Trouble("The database could not be brought up to date; the reason stands above.")
    return logins.read_text(encoding="utf-8")


def services_for(plan: Plan, variables: dict[str, str]) -> list[Service]:
    python = [sys.executable, "-m"]
    web = [*python, serve.__name__, plan.host, str(plan.port), plan.target]
    # The job in hand gets this many seconds to finish.
    jobs = [*python, "django", "worker", "--grace=20"]
    return [
        Service("web server", web, variables, plan.log("server"), patience=15),
        Service("worker", jobs, variables, plan.log("worker"), patience=30),
    ]


def wait_until_served(plan: Plan, services: list[Service]) -> None:
    """Start the services and wait until the site answers at its address."""
    while not answers(plan.host, plan.port):
        tend(services)
        for service in services:
            if service.back_off.failures >= TRIES_AT_FIRST:
                raise Trouble(f"The {service.name} does not start: {last_lines(service.log)}")
        time.sleep(0.05)


def answers(host: str, port: int) -> bool:
    """Tell whether a web server answers, whatever it says."""
    connection = HTTPConnection(host, port, timeout=10)
    try:
        connection.request("HEAD", "/", headers={"Host": f"{host}:{port}"})
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def last_lines(log: Path | None) -> str:
    if log is None or not log.is_file():
        return "the reason stands above."
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(["", *lines[-15:], f"(more in {log})"])


def tend(services: list[Service]) -> None:
    for service in services:
        say(service.tend(time.monotonic()))


def watch(database: EmbeddedDatabase | GivenDatabase, services: list[Service]) -> None:
    """Start again whatever ends, until `Stopping`."""
    while True:
        if database.tend():
            # It may have lost its connection without noticing.
            services[-1].stop()
        tend(services)
        time.sleep(0.1)


def stop_all(database: EmbeddedDatabase | GivenDatabase, services: list[Service]) -> None:
    """Stop those who use the database, all at the same time, and then the database."""
    for service in services:
        service.ask_to_stop()
    for service in services:
        service.stop()
    database.stop()
