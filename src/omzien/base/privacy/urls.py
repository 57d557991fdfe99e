from __future__ import annotations

from django.urls import path

from omzien.base.privacy import views

app_name = "privacy"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("erasures/", views.erasures, name="erasures"),
    path("erasures/export/", views.erasures_export, name="erasures_export"),
    path("emergencies/", views.emergencies, name="emergencies"),
    path("emergencies/<uuid:key>/", views.emergency, name="emergency"),
    path("emergencies/<uuid:key>/allow/", views.allow, name="allow"),
    path("emergencies/<uuid:key>/close/", views.close, name="close"),
]
