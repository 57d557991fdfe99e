from __future__ import annotations

from django.urls import path

from omzien.base.exchange.api import feeds
from omzien.base.exchange.views import duplicates, embedded, pages, sheets, subscriptions

app_name = "exchange"
urlpatterns = [
    path("agenda.ics", feeds.calendar, name="calendar"),
    path("agenda/thema/<slug:slug>.ics", feeds.theme_calendar, name="theme_calendar"),
    path("agenda/buurt/<slug:code>.ics", feeds.area_calendar, name="area_calendar"),
    path("agenda/organisatie/<slug:slug>.ics", feeds.party_calendar, name="party_calendar"),
    path("agenda/aanbod/<uuid:key>.ics", feeds.offer_calendar, name="offer_calendar"),
    path("aanbod/overzicht.csv", feeds.table, {"kind": "csv"}, name="overview_csv"),
    path("aanbod/overzicht.xlsx", feeds.table, {"kind": "xlsx"}, name="overview_xlsx"),
    path("aanbod/overzicht.ods", feeds.table, {"kind": "ods"}, name="overview_ods"),
    path("aanbod/hsds.zip", feeds.hsds_package, name="hsds_package"),
    path("aanbod/wijzigingen.atom", feeds.changes, name="changes"),
    path("ingesloten/<slug:slug>/", embedded.embedded, name="embedded"),
    path("dcat", feeds.data_catalogue, name="data_catalogue"),
    path("dcat.jsonld", feeds.data_catalogue_json, name="data_catalogue_json"),
    path("exchange/spreadsheet/", sheets.hand_in, name="hand_in"),
    path("exchange/spreadsheet/<uuid:key>/columns/", sheets.columns, name="columns"),
    path("exchange/spreadsheet/<uuid:key>/preview/", sheets.preview, name="preview"),
    path("exchange/spreadsheet/<uuid:key>/take/", sheets.take, name="take"),
    path("exchange/page/", pages.hand_in, name="hand_in_page"),
    path("exchange/page/<uuid:key>/preview/", pages.preview, name="page_preview"),
    path("exchange/page/<uuid:key>/take/", pages.take, name="page_take"),
    path("exchange/calendars/", subscriptions.calendars, name="calendars"),
    path("exchange/calendars/<uuid:key>/", subscriptions.one, name="subscription"),
    path("exchange/doubles/", duplicates.pairs, name="duplicates"),
    path("exchange/doubles/<uuid:one>/<uuid:other>/", duplicates.merge, name="merge"),
]
