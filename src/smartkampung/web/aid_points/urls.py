"""Addresses of hand-over points."""

from django.urls import path, re_path

from smartkampung.web.aid_points import views

app_name = "aid_points"
urlpatterns = [
    path("of/<int:batch_id>/", views.points, name="points"),
    path("<int:point_id>/", views.point, name="point"),
    path("<int:point_id>/carry/", views.carry, name="carry"),
    re_path(
        r"^(?P<point_id>[0-9]+)/(?P<change>fill|discard|close)/$",
        views.change,
        name="change",
    ),
]
