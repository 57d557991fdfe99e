"""The door for the web server. It refuses to open where the settings do not fit together."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omzien.config.settings")

application = get_wsgi_application()

from omzien.config.startup import refuse_unfit  # noqa: E402 - settings must stand first

refuse_unfit()
