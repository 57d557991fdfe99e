"""A supervised installation for these tests alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.config.supervisor.site import Supervised

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    """Start an installation in a folder of its own; nothing of it remains.

    The tests share it: each leaves it running.
    """
    supervised = Supervised(tmp_path_factory.mktemp("installation") / "var")
    try:
        supervised.start()
        yield supervised
    finally:
        supervised.remove()
