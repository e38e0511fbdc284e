"""The signed letter of a family without a phone, to print and bring it."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import today
from smartkampung.letters.requests.queries.bringing import letter_to_bring
from smartkampung.letters.requests.queries.letters import pdf_of
from smartkampung.web.pages import StaffRequest, staff_page


@never_cache
@staff_page(Permission.LETTER_ASK)
def print_out(request: StaffRequest, letter_id: int) -> HttpResponse:
    """Send the letter to who asked for it, until the family has it."""
    content = pdf_of(letter_to_bring(request.actor, letter_id, on=today()))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="letter.pdf"'
    return response
