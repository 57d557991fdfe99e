"""What every test may ask for: a database of its own, a browser, a running site.

Each run makes one throw-away cluster, one migrated template in it, and one copy per worker.
Tests run as the application's database role, inside a transaction that is rolled back.
"""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import translation

from omzien.base.privacy.actions.keys import make_secrets
from omzien.config import environment, provision
from tests.cluster import TestCluster, running_cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

pytest_plugins = ["tests.browser", "tests.cast"]

ALIASES = {
    "default": "DATABASE_URL",
    "owner": "OMZIEN_OWNER_DATABASE_URL",
    "retention": "OMZIEN_RETENTION_DATABASE_URL",
}

whole_run = pytest.StashKey[ExitStack]()


# --- One cluster for the whole run, made by the process that starts the workers ------------------


def pytest_configure(config: pytest.Config) -> None:
    stack = config.stash[whole_run] = ExitStack()
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        stack.enter_context(running_cluster()).publish()


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[whole_run].close()


@pytest.fixture(scope="session")
def cluster() -> TestCluster:
    """Return the cluster of this run."""
    return TestCluster.published()


@pytest.fixture(autouse=True)
def speaking_dutch() -> None:
    """Begin in the language of the site: the page before may have been asked for in English."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session")
def worker_name() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "gw0")


@pytest.fixture(scope="session")
def template(
    cluster: TestCluster, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> TestCluster:
    """Provision and migrate the template once, whichever worker comes first."""
    del django_test_environment
    with cluster.once("template") as first:
        if first:
            urls = cluster.make_template()
            make_secrets(cluster.secrets, controllers=("municipality", "organisation", "joint"))
            settings.SECRETS_DIR = cluster.secrets
            with pointed_at(urls), django_db_blocker.unblock():
                call_command("migrate", database="owner", verbosity=0)
    settings.SECRETS_DIR = cluster.secrets
    settings.KEYS_DIR = cluster.secrets / "keys"
    return cluster


@pytest.fixture(scope="session")
def django_db_setup(
    template: TestCluster, worker_name: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Give each worker its own copy; Django makes no test database of its own."""
    name = f"test_{worker_name}"
    urls = template.clone(name)
    with pointed_at(urls), django_db_blocker.unblock():
        yield
    template.drop(name)


@pytest.fixture
def committed_db(
    template: TestCluster, worker_name: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[provision.DatabaseUrls]:
    """Give a fresh copy in which commits are real and other processes can look.

    Its addresses are returned (`.environment()` for a child process); it is thrown away after
    the test.
    """
    name = f"committed_{worker_name}"
    urls = template.clone(name)
    with pointed_at(urls), django_db_blocker.unblock():
        yield urls
    template.drop(name)


@contextmanager
def pointed_at(urls: provision.DatabaseUrls) -> Iterator[None]:
    """Let Django's connections lead to the database of `urls` for a while."""
    before = {alias: connections.settings[alias] for alias in ALIASES}
    with pytest.MonkeyPatch.context() as patch:
        for variable, value in urls.environment().items():
            patch.setenv(variable, value)
        connect_by({alias: environment.database(name) for alias, name in ALIASES.items()})
        yield
        connect_by(before)


def connect_by(databases: dict[str, dict[str, object]]) -> None:
    """Close the connections of this thread and open the next ones by `databases`."""
    connections.close_all()
    for alias, parameters in connections.configure_settings(dict(databases)).items():
        connections.settings[alias] = parameters
        # A thread that has not used this connection yet has none to forget.
        with suppress(AttributeError):
            del connections[alias]
