"""Addresses of the pages about duplicates."""

from django.urls import path

from smartkampung.web.duplicates import merged, review

app_name = "duplicates"
urlpatterns = [
    path("", review.pairs, name="pairs"),
    path("<int:pk>/", review.pair, name="pair"),
    path("contested/<int:pk>/", review.contested, name="contested"),
    path("merged/", merged.merges, name="merges"),
    path("merged/<int:pk>/undo/", merged.undo, name="undo"),
]
