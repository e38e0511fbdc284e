"""Takes what an officer sends about a request."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.errors import Refused
from smartkampung.letters.requests.actions.refusals import WrongAnswers
from smartkampung.letters.requests.queries.requests import file_for
from smartkampung.letters.signing.errors import WrongPassphrase
from smartkampung.web.letters_staff.doing import act_named, form_of, told
from smartkampung.web.letters_staff.forms import blame
from smartkampung.web.letters_staff.reading import page
from smartkampung.web.pages import StaffRequest, staff_page


@never_cache
@staff_page(Permission.LETTER_VIEW, "POST")
def act(request: StaffRequest, request_id: int, name: str) -> HttpResponse:
    """Do one thing with a request; what is wrong comes back on the same page."""
    file = file_for(request.actor, request_id)
    meant = act_named(name)
    form = form_of(name, file, request.POST)
    if not form.is_valid():
        return page(request, file, wrong={name: form}, status=422)
    try:
        meant.do(file, request.actor, form)
    except WrongAnswers as refusal:
        blame(form, refusal.fields)
        return page(request, file, wrong={name: form}, status=422)
    except Refused as refusal:
        field = "passphrase" if isinstance(refusal, WrongPassphrase) else None
        form.add_error(field, str(refusal.message))
        # What is refused may have moved the letter: it is shown as it is now.
        now_is = file_for(request.actor, request_id)
        return page(request, now_is, wrong={name: form}, status=409)
    return told(request, meant, name, request_id)
