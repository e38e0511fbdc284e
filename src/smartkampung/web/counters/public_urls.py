"""Addresses: slots for public services."""

from django.urls import path

from smartkampung.web.counters import case, views

app_name = "counters"
urlpatterns = [
    path("", views.door, name="door"),
    path("book/", views.form, name="form"),
    path("book/send/", views.send, name="send"),
    path("book/<uuid:form_id>/<slug:step>/", views.screen, name="screen"),
    path("wall/<int:counter_id>/", case.wall, name="wall"),
    path("b/<code:code>/", case.booking, name="booking"),
    path("b/<code:code>/move/", case.move, name="move"),
    path("b/<code:code>/cancel/", case.cancel, name="cancel"),
]
