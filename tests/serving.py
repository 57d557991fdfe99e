"""The site served on a port of this machine, on a database of its own, for what asks over HTTP."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from tests.conftest import pointed_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import DjangoDbBlocker

    from tests.cluster import TestCluster


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        """Keep the report of the tests free of requests."""


@contextmanager
def served(
    template: TestCluster, blocker: DjangoDbBlocker, *, name: str, fill: Callable[[], None]
) -> Iterator[str]:
    """Run the site on a database that `fill` filled, and give its address."""
    urls = template.clone(name)
    with pointed_at(urls), blocker.unblock():
        fill()
        # Django's own threads close their connections.
        server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
        server.set_app(get_wsgi_application())
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        before, settings.SITE_URL = settings.SITE_URL, f"http://127.0.0.1:{server.server_port}"
        yield settings.SITE_URL
        settings.SITE_URL = before
        server.shutdown()
        server.server_close()
        thread.join()
    template.drop(name)
