"""Addresses of arrival, for staff."""

from django.urls import path

from smartkampung.web.isolation_arrival import board, gate, house

app_name = "isolation_arrival"
urlpatterns = [
    path("", board.arrivals, name="arrivals"),
    path("party/<int:party_id>/", board.party, name="party"),
    path("gate/", gate.door, name="door"),
    path("gate/<str:key>/", gate.hub, name="hub"),
    path("gate/<str:key>/screen/", gate.screen, name="screen"),
    path("gate/<str:key>/passed/", gate.passed, name="passed"),
    path("gate/<str:key>/check-in/", house.enter, name="check_in"),
    path("gate/<str:key>/house/", house.other, name="other_house"),
]
