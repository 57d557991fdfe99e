from __future__ import annotations

from django.urls import path

from omzien.base.exchange.views import duplicates, sheets

app_name = "exchange"
urlpatterns = [
    path("exchange/spreadsheet/", sheets.hand_in, name="hand_in"),
    path("exchange/spreadsheet/<uuid:key>/columns/", sheets.columns, name="columns"),
    path("exchange/spreadsheet/<uuid:key>/preview/", sheets.preview, name="preview"),
    path("exchange/spreadsheet/<uuid:key>/take/", sheets.take, name="take"),
    path("exchange/doubles/", duplicates.pairs, name="duplicates"),
    path("exchange/doubles/<uuid:one>/<uuid:other>/", duplicates.merge, name="merge"),
]
