"""Addresses: what applies in my village today."""

from django.urls import path

from smartkampung.web.today import views

app_name = "today"
urlpatterns = [
    path("", views.door, name="door"),
    path("<str:code>/", views.place, name="place"),
    path("<str:code>/poster.pdf", views.poster, name="poster"),
]
