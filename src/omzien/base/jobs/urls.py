from __future__ import annotations

from django.urls import path

from omzien.base.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:number>/retry/", views.retry, name="retry"),
]
