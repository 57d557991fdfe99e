"""The program `omzien`: run, stop, secrets, and every other word as a command of Django's."""

from __future__ import annotations

import subprocess
import sys

from omzien.base.privacy.actions.keys import make_secrets
from omzien.config import installation
from omzien.config.provision import DatabaseUrls, ProvisioningFailed
from omzien.config.supervisor import lock
from omzien.config.supervisor.database import database_of
from omzien.config.supervisor.faults import Trouble, sentence
from omzien.config.supervisor.run import (
    Plan,
    Stopping,
    complain,
    environment_for,
    plan_from_environment,
    run,
    say,
    stop_by_signal,
)

HELP = """omzien run      start the database, the site and the worker; Ctrl-C stops them
omzien stop     stop what `omzien run` started
omzien secrets  make the secrets of this installation, once
omzien WORD …   a command of the site: omzien help lists them all
Settings come from the environment: docs/settings.md."""


def main(arguments: list[str] | None = None) -> int:
    words = sys.argv[1:] if arguments is None else arguments
    match words:
        case [] | ["-h" | "--help"]:
            print(HELP)
            return 0
        case ["run"]:
            return run(plan_from_environment())
        case ["stop"]:
            return stop()
        case ["secrets"]:
            return secrets()
        case _:
            return command(plan_from_environment(), words)


def stop() -> int:
    try:
        stopped = lock.stop_holder(installation.from_environment().lock)
    except Trouble as trouble:
        return complain(str(trouble))
    except OSError as error:
        return complain(sentence(error))
    say("Omzien has stopped." if stopped else "Omzien was not running.")
    return 0


def secrets() -> int:
    folder = installation.from_environment().secrets
    try:
        make_secrets(folder)
    except OSError as error:
        return complain(sentence(error))
    say(f"The secrets are in {folder}. Keep a copy in another place than the database's.")
    return 0


def command(plan: Plan, words: list[str]) -> int:
    """Run a command of Django's on this installation's database, started for it if need be."""
    try:
        plan.installation.make_folders()
        make_secrets(plan.installation.secrets)
        return with_database(plan, words)
    except Stopping:
        return 1
    except (Trouble, ProvisioningFailed) as trouble:
        return complain(str(trouble))
    except OSError as error:
        return complain(sentence(error))


def with_database(plan: Plan, words: list[str]) -> int:
    database = database_of(plan.installation, say)
    try:
        with lock.held(plan.installation.lock, ""), stop_by_signal():
            try:
                return django(plan, database.start(), words)
            finally:
                database.stop()
    except lock.Taken:
        return django(plan, database.addresses(), words)


def django(plan: Plan, urls: DatabaseUrls, words: list[str]) -> int:
    return subprocess.run(
        [sys.executable, "-m", "django", *words], env=environment_for(plan, urls), check=False
    ).returncode
