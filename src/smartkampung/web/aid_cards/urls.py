"""Addresses of cards for staff."""

from django.urls import path

from smartkampung.web.aid_cards import making, showing

app_name = "aid_cards"
urlpatterns = [
    path("", showing.find, name="find"),
    path("make/", making.here, name="here"),
    path("make/<str:region>/", making.cards, name="places"),
    path("person/<int:person_id>/", making.of_person, name="person"),
    path("shown/<str:code>/", showing.shown, name="shown"),
]
