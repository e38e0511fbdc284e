"""Addresses of asking for a letter. No number or name of a person is in any."""

from django.urls import path

from smartkampung.web.letters_ask import choosing, follow, mine, views

app_name = "letters_ask"
urlpatterns = [
    path("", choosing.choose, name="choose"),
    path("ask/", views.form, name="form"),
    path("ask/send/", views.send, name="send"),
    path("ask/<uuid:form_id>/<slug:step>/", views.screen, name="screen"),
    path("new/<slug:kind>/", views.begin, name="begin"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/", mine.letter, name="letter"),
    path("mine/<int:pk>/cancel/", mine.cancel, name="cancel"),
    path("mine/<int:pk>/complete/", mine.complete, name="complete"),
    path("mine/<int:pk>/letter.pdf", mine.fetch, name="fetch"),
    path("mine/<int:pk>/photos/<int:file_id>/", mine.photo, name="photo"),
    path("t/<code:code>/", follow.follow, name="follow"),
    path("t/<code:code>/slip/", follow.slip, name="slip"),
]
