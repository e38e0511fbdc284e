"""Addresses of announcements, for staff."""

from django.urls import path

from smartkampung.web.news import budgets, calling_off, inbox, sending, writing

app_name = "news"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("write/", writing.write, name="write"),
    path("sent/", sending.sent, name="sent"),
    path("budgets/", budgets.budgets, name="budgets"),
    path("<int:pk>/", inbox.read, name="read"),
    path("<int:pk>/acknowledge/", inbox.acknowledge, name="acknowledge"),
    path("<int:pk>/files/<int:file_id>/", inbox.attachment, name="file"),
    path("<int:pk>/readers/", writing.readers, name="readers"),
    path("<int:pk>/withdraw/", writing.take_back, name="withdraw"),
    path("<int:pk>/call-off/", calling_off.call_off, name="call_off"),
    path("<int:pk>/send/", sending.send, name="send"),
    path("tasks/<int:pk>/", inbox.task, name="task"),
    path("broadcasts/<int:pk>/", sending.decide, name="decide_broadcast"),
]
