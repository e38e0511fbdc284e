"""Addresses of asking on behalf of somebody. No name or number is in any."""

from django.urls import path

from smartkampung.web.letters_ask import assist

app_name = "letters_assist"
urlpatterns = [
    path("", assist.begin, name="begin"),
    path("missing/<int:pk>/", assist.complete, name="complete"),
    path("for/<int:pk>/", assist.choose, name="choose"),
    path("for/<int:pk>/<slug:kind>/", assist.ask, name="ask"),
]
