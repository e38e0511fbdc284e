"""Addresses of asking on behalf of somebody. No name or number is in any."""

from django.urls import path

from smartkampung.web.letters_ask import assist, kin

app_name = "letters_assist"
urlpatterns = [
    path("", assist.begin, name="begin"),
    path("missing/<int:pk>/", assist.complete, name="complete"),
    path("for/<int:pk>/", assist.choose, name="choose"),
    path("for/<int:pk>/<slug:kind>/", assist.ask, name="ask"),
    path("about/<int:pk>/<slug:kind>/", kin.asker, name="asker"),
    path("about/<int:pk>/<slug:kind>/<int:asker>/", kin.ask_kin, name="ask_kin"),
]
