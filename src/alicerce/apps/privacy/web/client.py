"""Where one's own data was in the client area: letters that were sent lead here."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from alicerce.kernel.access import ACCOUNT, Request, requires


@requires(ACCOUNT)
@require_safe
def privacy(request: Request) -> HttpResponse:
    return HttpResponseRedirect(reverse("account_privacy"))


urlpatterns = [path("privacidade/", privacy, name="privacy")]
