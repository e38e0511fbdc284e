"""Pages, by area; each area keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from smartkampung.web.accounts import demo, tokens
from smartkampung.web.aid_cards import showing
from smartkampung.web.aid_staff import board

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("smartkampung.web.core.urls")),
    path("", include("smartkampung.web.machine.urls")),
    path("accounts/", include("smartkampung.web.accounts.urls")),
    path("staff/accounts/", include("smartkampung.web.accounts.admin_urls")),
    path("staff/tokens/", tokens.tokens, name="tokens"),
    path("staff/tokens/<int:pk>/revoke/", tokens.revoke, name="revoke_token"),
    path("aid/report/", include("smartkampung.web.report.urls")),
    path("t/", include("smartkampung.web.tracking.urls")),
    path("complaint/", include("smartkampung.web.aid_complaints.urls")),
    path("k/<str:code>/", showing.stranger, name="card"),
    path("open/", include("smartkampung.web.aid_open.urls")),
    path("grievance/", include("smartkampung.web.aid_grievances.urls")),
    path("c/", include("smartkampung.web.aid_confirmation.urls")),
    path(
        "isolation/health/",
        include("smartkampung.web.isolation_monitoring.public_urls"),
    ),
    path("isolation/", include("smartkampung.web.isolation_booking.urls")),
    path("i/", include("smartkampung.web.isolation_booking.code_urls")),
    path("affected/", include("smartkampung.web.affected.urls")),
    path("my-data/", include("smartkampung.web.my_data.urls")),
    path("staff/jobs/", include("smartkampung.web.jobs.urls")),
    path("regions/", include("smartkampung.web.regions.urls")),
    path("staff/summary/", include("smartkampung.web.summary.urls")),
    path("staff/", board.home, name="staff_home"),
    path("staff/aid/", include("smartkampung.web.report.staff_urls")),
    path("staff/aid/", include("smartkampung.web.aid_staff.urls")),
    path("staff/aid/cards/", include("smartkampung.web.aid_cards.urls")),
    path("staff/aid/points/", include("smartkampung.web.aid_points.urls")),
    path("staff/aid/proxies/", include("smartkampung.web.aid_proxies.urls")),
    path("staff/aid/cycles/", include("smartkampung.web.aid_cycles.urls")),
    path(
        "staff/aid/confirmations/",
        include("smartkampung.web.aid_confirmation.staff_urls"),
    ),
    path("staff/aid/publications/", include("smartkampung.web.aid_open.staff_urls")),
    path("staff/aid/payments/", include("smartkampung.web.aid_payments.urls")),
    path("staff/complaints/", include("smartkampung.web.aid_complaints.staff_urls")),
    path("staff/grievances/", include("smartkampung.web.aid_grievances.staff_urls")),
    path(
        "staff/isolation/monitoring/",
        include("smartkampung.web.isolation_monitoring.urls"),
    ),
    path(
        "staff/isolation/exchange/",
        include("smartkampung.web.isolation_exchange.urls"),
    ),
    path(
        "staff/isolation/figures/", include("smartkampung.web.isolation_figures.urls")
    ),
    path("staff/stock/", include("smartkampung.web.aid_goods.urls")),
    path("staff/isolation/care/", include("smartkampung.web.isolation_care.urls")),
    path("isolation/houses/", include("smartkampung.web.isolation_houses.public_urls")),
    path("staff/isolation/houses/", include("smartkampung.web.isolation_houses.urls")),
    path("staff/arrivals/", include("smartkampung.web.isolation_arrival.urls")),
    path("staff/audit/", include("smartkampung.web.aid_audit.urls")),
    path("letters/lists/", include("smartkampung.web.aid_cycles.letter_urls")),
    path("letters/answers/", include("smartkampung.web.aid_grievances.letter_urls")),
    path("appeal/", include("smartkampung.web.aid_grievances.appeal_urls")),
    path(
        "letters/isolation/",
        include("smartkampung.web.isolation_monitoring.letter_urls"),
    ),
    path("letters/", include("smartkampung.web.aid_rules.public_urls")),
    path("staff/rules/", include("smartkampung.web.aid_rules.urls")),
    path("staff/affected/", include("smartkampung.web.affected.staff_urls")),
    path("staff/residents/", include("smartkampung.web.people.urls")),
    path("staff/residents/", include("smartkampung.web.life.urls")),
    path("staff/targeting/", include("smartkampung.web.targeting.urls")),
    path("targeting/", include("smartkampung.web.targeting.public_urls")),
    path("staff/population/", include("smartkampung.web.population.urls")),
    path("staff/quality/", include("smartkampung.web.quality.urls")),
    path("staff/imports/", include("smartkampung.web.imports.urls")),
    path("staff/exports/", include("smartkampung.web.exports.urls")),
    path("economy/", include("smartkampung.web.economy.public_urls")),
    path("staff/economy/", include("smartkampung.web.economy.urls")),
    path("staff/duplicates/", include("smartkampung.web.duplicates.urls")),
    path("demo/", demo.demo, name="demo"),
]
