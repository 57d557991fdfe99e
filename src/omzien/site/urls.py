from __future__ import annotations

from django.urls import path

from omzien.site import api
from omzien.site.views import (
    advice,
    choices,
    life,
    neighbourhoods,
    offer,
    pages,
    papers,
    parties,
    search,
    seasons,
    work,
)

app_name = "site"
urlpatterns = [
    path("", pages.home, name="home"),
    path("ik-zoek-iets/", pages.looking_for, name="looking_for"),
    path("ik-wil-iets-doen/", pages.want_to_help, name="want_to_help"),
    path("ik-maak-me-zorgen/", pages.worried, name="worried"),
    path("werk/", work.work, name="work"),
    path("plan/", pages.plan, name="plan"),
    path("plan/<slug:name>/", pages.plan_line, name="plan_line"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("broncode/", pages.source_code, name="source_code"),
    path("uitleg/", pages.handbook, name="handbook"),
    path("uitleg/<slug:slug>/", pages.handbook_chapter, name="handbook_page"),
    path("onderdelen/", pages.styles, name="styles"),
    path("zoeken/", search.search, name="search"),
    path("buurten/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path("buurten/cijfers.csv", api.figures_csv, name="figures_csv"),
    path("buurten/cijfers.geojson", api.figures_geojson, name="figures_geojson"),
    path("buurten/<str:code>/", neighbourhoods.neighbourhood_newest, name="neighbourhood_newest"),
    path("buurten/<str:code>/folder.pdf", papers.leaflet, name="leaflet"),
    path(
        "buurten/<int:division_year>/<str:code>/<slug:name>/",
        neighbourhoods.neighbourhood,
        name="neighbourhood",
    ),
    path("aanbod/", offer.offers, name="offers"),
    path("aanbod/overzicht.pdf", papers.overview_pdf, name="overview_pdf"),
    path("aanbod/overzicht.odt", papers.overview_odt, name="overview_odt"),
    path("aanbod/<slug:slug>/", offer.offer, name="offer"),
    path("open-in-de-zomer/", seasons.open_in_summer, name="open_in_summer"),
    path("open-met-kerst/", seasons.open_at_christmas, name="open_at_christmas"),
    path("organisaties/<slug:slug>/", parties.organisation, name="organisation"),
    path("plekken/<uuid:key>/", parties.location, name="location"),
    path("wat-past-bij-mij/", advice.advice, name="advice"),
    path("levensmomenten/", life.life_moments, name="life_moments"),
    path("levensmomenten/<slug:slug>/", life.life_moment, name="life_moment"),
    path("mijn-kring/", life.circle, name="circle"),
    path("wat-is-belangrijk/", life.aid, name="aid"),
    path("taal/", choices.choose_language, name="language"),
    path("letters/", choices.choose_text_size, name="text_size"),
    path("health", pages.health, name="health"),
]
