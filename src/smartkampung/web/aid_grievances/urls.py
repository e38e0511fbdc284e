"""Addresses of grievances, for everybody."""

from django.urls import path

from smartkampung.web.aid_grievances import following, letters, telling

app_name = "grievance"
urlpatterns = [
    path("", telling.choose, name="choose"),
    path("follow/", following.find, name="find"),
    path("about/<slug:kind>/", telling.fill, name="fill"),
    path("about/<slug:kind>/send/", telling.send, name="send"),
    path("<str:code>/", following.follow, name="follow"),
    path("<str:code>/letter.pdf", letters.own, name="letter"),
    path("<str:code>/speak/", following.speak, name="speak"),
]
