"""Addresses of the counter and the boards. No name or number of a person is in any."""

from django.urls import path

from smartkampung.web.letters_service import counter, figures

app_name = "letters_service"
urlpatterns = [
    path("", counter.counter, name="counter"),
    path("find/nik/", counter.by_nik, name="by_nik"),
    path("find/name/", counter.by_name, name="by_name"),
    path("family/<int:person_id>/", counter.family, name="family"),
    path("figures/", figures.here, name="here"),
    path("figures/<str:code>/", figures.area, name="area"),
    path("figures/<str:code>/figures.<str:form>", figures.export, name="export"),
]
