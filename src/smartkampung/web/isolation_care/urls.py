"""Addresses of how isolation is run."""

from django.urls import path

from smartkampung.web.isolation_care import limits, protocol, team

app_name = "isolation_care"
urlpatterns = [
    path("limits/", limits.limits, name="limits"),
    path("limits/centres/<str:code>/", limits.centre, name="centre"),
    path("limits/villages/<str:code>/", limits.village, name="village"),
    path("protocol/", protocol.protocol, name="protocol"),
    path("protocol/<str:kind>/", protocol.write, name="write"),
    path("protocol/<int:version>/confirm/", protocol.confirm, name="confirm"),
    path("team/", team.team, name="team"),
    path(
        "team/<str:code>/<int:officer_id>/hand-over/",
        team.hand_over,
        name="hand_over",
    ),
    path("stays/<int:stay_id>/", team.carer, name="carer"),
]
