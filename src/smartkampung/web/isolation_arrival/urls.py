"""Addresses of arrival, for staff."""

from django.urls import path

from smartkampung.web.isolation_arrival import board, coming, gate, house, people

app_name = "isolation_arrival"
urlpatterns = [
    path("", board.arrivals, name="arrivals"),
    path("party/<int:party_id>/", board.party, name="party"),
    path("gate/", gate.door, name="door"),
    path("gate/new/", coming.walk_in, name="walk_in"),
    path("gate/<str:key>/", gate.hub, name="hub"),
    path("gate/<str:key>/screen/", gate.screen, name="screen"),
    path("gate/<str:key>/passed/", gate.passed, name="passed"),
    path("gate/<str:key>/check-in/", house.enter, name="check_in"),
    path("gate/<str:key>/house/", house.other, name="other_house"),
    path("gate/<str:key>/join/", coming.join, name="join"),
    path("gate/<str:key>/gone/", coming.gone, name="gone"),
    path("people/", people.people, name="people"),
    path("people/<int:stay_id>/", people.person, name="person"),
    path("people/<int:stay_id>/visit/", people.visit, name="visit"),
    path("people/<int:stay_id>/left/", people.left, name="left"),
    path("visits/<uuid:visit_id>/photo/", people.photo, name="photo"),
    path("departures/<int:departure_id>/", people.departure, name="departure"),
    path("referrals/<int:stay_id>/", people.referral, name="referral"),
]
