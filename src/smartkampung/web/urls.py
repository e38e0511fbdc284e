"""Pages, by area; each area keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("smartkampung.web.core.urls")),
]
