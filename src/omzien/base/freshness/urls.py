from __future__ import annotations

from django.urls import path

from omzien.base.freshness.views import checking, reports

app_name = "freshness"
urlpatterns = [
    path("klopt-het/<str:secret>/", checking.check, name="check"),
    path("klopt-niet/<uuid:key>/", reports.wrong, name="wrong"),
    path("bijhouden/melding/<uuid:key>/", reports.report, name="report"),
]
