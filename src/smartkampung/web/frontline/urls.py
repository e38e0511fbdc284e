"""Addresses of the desk of the front line."""

from django.urls import path

from smartkampung.web.frontline import away, giving, neighbourhood, terms, village

app_name = "frontline"
urlpatterns = [
    path("give/<int:item_id>/", giving.give, name="give"),
    path("give/<int:item_id>/back/", giving.give_back, name="give_back"),
    path("away/", away.away, name="away"),
    path("away/<int:cover_id>/agree/", away.agree, name="agree"),
    path("away/<int:cover_id>/end/", away.come_back, name="come_back"),
    path("my-rt/", neighbourhood.my_rt, name="my_rt"),
    path("my-rt/<str:code>/", neighbourhood.rt, name="rt"),
    path("my-rt/<str:code>/call/<int:person_id>/", neighbourhood.call, name="call"),
    path("my-village/", village.my_village, name="my_village"),
    path("my-village/<str:code>/", village.village, name="village"),
    path("terms/", terms.terms, name="terms"),
    path("terms/<int:office_id>/", terms.term, name="term"),
    path("terms/<int:office_id>/ask/", terms.ask_admins, name="ask_admins"),
    path("terms/done/<int:handover_id>/", terms.handed_over, name="handed_over"),
    path("terms/done/<int:handover_id>/back/", terms.take_back, name="take_back"),
    path("terms/done/<int:handover_id>/sheet.pdf", terms.sheet, name="sheet"),
]
