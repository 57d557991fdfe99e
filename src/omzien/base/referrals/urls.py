from __future__ import annotations

from django.urls import path

from omzien.base.referrals.views import coordinator, receiver

app_name = "referrals"
urlpatterns = [
    path("for/<uuid:key>/", coordinator.refer, name="refer"),
    path("one/<uuid:key>/", coordinator.referral, name="referral"),
    path("news/", coordinator.news, name="news"),
    path("answer/<str:secret>/", receiver.answer, name="answer"),
    path("received/", receiver.received, name="received"),
    path("received/<uuid:key>/", receiver.received_one, name="received_one"),
]
