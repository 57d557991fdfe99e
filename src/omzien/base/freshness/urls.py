from __future__ import annotations

from django.urls import path

from omzien.base.freshness.views import (
    calls,
    changing,
    checking,
    editing,
    figures,
    keepers,
    reports,
    schedules,
    seasons,
    turnout,
)

app_name = "freshness"
urlpatterns = [
    path("klopt-het/<str:secret>/", checking.check, name="check"),
    path("klopt-het/<str:secret>/<uuid:key>/", changing.link_offer, name="link_offer"),
    path(
        "klopt-het/<str:secret>/<uuid:key>/wanneer/",
        schedules.link_schedule,
        name="link_schedule",
    ),
    path("open-dan/<str:secret>/", seasons.season, name="season"),
    path("opkomst/<str:secret>/", turnout.turnout, name="turnout"),
    path("klopt-niet/<uuid:key>/", reports.wrong, name="wrong"),
    path("mijn-aanbod/", editing.own, name="own"),
    path("mijn-aanbod/nieuw/<uuid:key>/", editing.own_new, name="own_new"),
    path("mijn-aanbod/<uuid:key>/", changing.own_offer, name="own_offer"),
    path("mijn-aanbod/<uuid:key>/wanneer/", schedules.own_schedule, name="own_schedule"),
    path("mijn-aanbod/<uuid:key>/vroeger/", changing.own_history, name="own_history"),
    path("bijhouden/", editing.records, name="records"),
    path("bijhouden/nieuw/", editing.find_organisation, name="find_organisation"),
    path("bijhouden/nieuw/<uuid:key>/", editing.editor_new, name="editor_new"),
    path("bijhouden/cijfers/", figures.figures, name="figures"),
    path("bijhouden/ritme/", keepers.rhythm, name="rhythm"),
    path("bijhouden/voorstellen/", editing.proposals, name="proposals"),
    path("bijhouden/voorstellen/<uuid:key>/", editing.proposal, name="proposal"),
    path("bijhouden/aanbod/<uuid:key>/", changing.editor_offer, name="editor_offer"),
    path(
        "bijhouden/aanbod/<uuid:key>/wanneer/",
        schedules.editor_schedule,
        name="editor_schedule",
    ),
    path("bijhouden/aanbod/<uuid:key>/vroeger/", changing.editor_history, name="editor_history"),
    path("bijhouden/aanbod/<uuid:key>/houders/", keepers.keepers, name="keepers"),
    path("bijhouden/bellen/", calls.calls, name="calls"),
    path("bijhouden/bellen/open/<uuid:key>/", seasons.season_call, name="season_call"),
    path("bijhouden/bellen/<uuid:key>/", calls.call, name="call"),
    path("bijhouden/bellen/<uuid:key>/anders/", calls.call_offer, name="call_offer"),
    path("bijhouden/bellen/<uuid:key>/wanneer/", calls.call_schedule, name="call_schedule"),
    path("bijhouden/opkomst/", turnout.turnouts, name="turnouts"),
    path("bijhouden/opkomst/<uuid:key>/", turnout.desk_turnout, name="desk_turnout"),
    path("bijhouden/opkomst/<uuid:key>/strook/", turnout.strip, name="strip"),
    path("bijhouden/melding/<uuid:key>/", reports.report, name="report"),
]
