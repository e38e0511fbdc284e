"""Addresses of the exports' pages."""

from django.urls import path

from smartkampung.web.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.exports, name="exports"),
    path("<int:pk>/", views.one, name="export"),
    path("<int:pk>/decide/", views.decide, name="decide"),
    path("<int:pk>/file/", views.fetch, name="fetch"),
]
