"""The addresses of the site: each app's own, those of the lines in use, and log-in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from omzien.base.exchange.api import hsds, simple
from omzien.site.queries.lines import lines_in_use

handler400 = "omzien.site.views.errors.bad_request"
handler403 = "omzien.site.views.errors.permission_denied"
handler404 = "omzien.site.views.errors.page_not_found"
handler500 = "omzien.site.views.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("omzien.site.urls")),
    path("", include("omzien.base.accounts.urls")),
    path("journal/", include("omzien.base.journal.urls")),
    path("privacy/", include("omzien.base.privacy.urls")),
    path("desk/", include("omzien.base.desk.urls")),
    path("referrals/", include("omzien.base.referrals.urls")),
    path("hsds/", hsds.api.urls),
    path("api/v1/", simple.api.urls),
    path("", include("omzien.base.exchange.urls")),
    path("queue/", include("omzien.base.jobs.urls")),
    path("", include("omzien.base.letters.urls")),
    path("", include("omzien.base.freshness.urls")),
    path("", include("omzien.base.advice.urls")),
    path("language/", set_language, name="set_language"),
    *(path("", include(line.urls)) for line in lines_in_use() if line.urls),
]
