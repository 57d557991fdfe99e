from __future__ import annotations

from django.urls import path

from omzien.base.desk.views import calls, duty, work

app_name = "desk"
urlpatterns = [
    path("", calls.find, name="find"),
    path("person/<uuid:key>/", calls.open_person, name="open"),
    path("call/<uuid:key>/", calls.call, name="call"),
    path("call/<uuid:key>/call-back/", calls.promise, name="promise"),
    path("call/<uuid:key>/contact/", calls.contact, name="contact"),
    path("call/<uuid:key>/consent/", calls.consent, name="consent"),
    path("call/<uuid:key>/consent/<uuid:consent>/", calls.take_back, name="take_back"),
    path("call/<uuid:key>/representation/", calls.representation, name="representation"),
    path("call-back/", calls.stranger, name="stranger"),
    path("call-back/<uuid:key>/", work.call_back, name="call_back"),
    path("work/", work.work_list, name="work"),
    path("work/take/", work.take, name="take"),
    path("work/bring/", work.bring, name="bring"),
    path("work/approve/", work.approve, name="approve"),
    path("duty/", duty.duty, name="duty"),
    path("duty/come/", duty.come, name="come"),
    path("duty/absence/", duty.absence, name="absence"),
    path("duty/back/<uuid:key>/", duty.back, name="back"),
    path("duty/hand-over/", duty.hand_over, name="hand_over"),
    path("duty/list/", duty.work_list_owner, name="list_owner"),
]
