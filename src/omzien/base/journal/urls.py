from __future__ import annotations

from django.urls import path

from omzien.base.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.search, name="search"),
    path("unusual/", views.unusual, name="unusual"),
    path("record/<uuid:key>/", views.viewers, name="viewers"),
    path("record/<uuid:key>/sheet/", views.sheet, name="sheet"),
    path("record/<uuid:key>/export/", views.export, name="export"),
]
