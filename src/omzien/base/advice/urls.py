from __future__ import annotations

from django.urls import path

from omzien.base.advice.views import gaps, weights

app_name = "advice"
urlpatterns = [
    path("advice/weights/", weights.weights, name="weights"),
    path("advice/gaps/", gaps.gaps, name="gaps"),
]
