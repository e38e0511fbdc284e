"""Addresses of the residents' pages. No number or name of a person is in any."""

from django.urls import path

from smartkampung.web.people import contests, find, records

app_name = "people"
urlpatterns = [
    path("", find.find, name="find"),
    path("nik/", find.by_nik, name="by_nik"),
    path("names/", find.by_name, name="by_name"),
    path("<int:pk>/", records.person, name="person"),
    path("<int:pk>/number/", records.reveal, name="reveal"),
    path("<int:pk>/looks/", records.looks, name="looks"),
    path("families/<int:pk>/", records.family, name="family"),
    path("contested/", contests.nik_claims, name="nik_claims"),
    path("contested/<int:pk>/", contests.nik_claim, name="nik_claim"),
]
