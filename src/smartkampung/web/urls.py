"""Pages, by area; each area keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from smartkampung.web.accounts import demo

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("smartkampung.web.core.urls")),
    path("accounts/", include("smartkampung.web.accounts.urls")),
    path("aid/report/", include("smartkampung.web.report.urls")),
    path("t/", include("smartkampung.web.tracking.urls")),
    path("regions/", include("smartkampung.web.regions.urls")),
    path("demo/", demo.demo, name="demo"),
]
