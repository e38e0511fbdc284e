"""Addresses of the imports' pages. No number or name of a person is in any."""

from django.urls import path

from smartkampung.web.imports import reviews, views

app_name = "imports"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("<int:pk>/", views.one, name="import"),
    path("<int:pk>/apply/", views.apply, name="apply"),
    path("<int:pk>/undo/", views.undo, name="undo"),
    path("<int:pk>/discard/", views.discard, name="discard"),
    path("<int:pk>/rejections/", views.rejections, name="rejections"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
]
