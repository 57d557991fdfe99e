from __future__ import annotations

from django.conf import settings
from django.urls import path

from omzien.base.letters import views

app_name = "letters"
urlpatterns = [path("mail/stop/<str:secret>/", views.stop, name="stop")]
demo = [
    path("demo/mailbox/", views.mailbox, name="mailbox"),
    path("demo/mailbox/<uuid:key>/", views.mail, name="mail"),
    path("demo/mailbox/<uuid:key>/html/", views.mail_html, name="mail_html"),
]
if settings.DEMO:
    urlpatterns += demo
