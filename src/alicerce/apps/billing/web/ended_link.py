"""What stands where the link of a settled invoice led: nothing of the invoice, and how to get to it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing.rules.links import LINK_KEPT
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request
from alicerce.ui.buttons import LinkButton
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState


# lint: allow view-permission because the public pages of a link show it in their own place
def ended_link(request: Request) -> HttpResponse:
    told = _(
        "O link de uma fatura vale por %(days)s dias depois de ela ser resolvida. "
        "Ela continua na sua área de cliente. Se você não tem acesso, peça uma cópia a %(company)s."
    )
    company = tenancy.tenant_card().name
    state = EmptyState(
        _("Este link não vale mais"),
        told % {"days": LINK_KEPT.days, "company": company},
        LinkButton(_("Entrar"), reverse("site:sign_in")),
        icon="clock",
    )
    response = render_page(request, Page(_("Link vencido"), "site", [state], status=410))
    response.headers["X-Robots-Tag"] = "noindex"
    return response
