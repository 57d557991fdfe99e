from __future__ import annotations

from django.urls import path

from omzien.base.freshness.views import checking

app_name = "freshness"
urlpatterns = [
    path("klopt-het/<str:secret>/", checking.check, name="check"),
]
