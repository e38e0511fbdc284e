"""Addresses of the residents' pages. No number or name of a person is in any."""

from django.urls import path

from smartkampung.web.people import (
    consents,
    contests,
    families,
    find,
    identity,
    records,
    statements,
)

app_name = "people"
urlpatterns = [
    path("", find.find, name="find"),
    path("nik/", find.by_nik, name="by_nik"),
    path("names/", find.by_name, name="by_name"),
    path("<int:pk>/", records.person, name="person"),
    path("<int:pk>/number/", records.reveal, name="reveal"),
    path("<int:pk>/looks/", records.looks, name="looks"),
    path("<int:pk>/identity/", identity.ask_identity, name="ask_identity"),
    path("families/", families.families_here, name="families_here"),
    path("families/in/<str:code>/", families.families, name="families"),
    path("<int:pk>/consents/", consents.consents, name="consents"),
    path("<int:pk>/statement/", statements.statement, name="statement"),
    path("families/<int:pk>/", records.family, name="family"),
    path("contested/", contests.nik_claims, name="nik_claims"),
    path("contested/<int:pk>/", contests.nik_claim, name="nik_claim"),
]
