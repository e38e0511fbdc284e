"""Addresses of isolation houses, for everybody."""

from django.urls import path

from smartkampung.web.isolation_houses import public

app_name = "isolation_public"
urlpatterns = [
    path("", public.houses, name="houses"),
    path("<int:house_id>/", public.house, name="house"),
    path("<int:house_id>/photo/<int:photo_id>/", public.photo, name="photo"),
]
