"""The page of one service, for who pays for it."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alicerce.apps.dns.web import components as dns
from alicerce.apps.hosting.public import ServiceView
from alicerce.apps.hosting.web import client as hosting
from alicerce.apps.hosting.web.life import client_note
from alicerce.apps.orders.web.answers import answers_of_line
from alicerce.apps.transfers.web import client as transfers
from alicerce.kernel.access import Request, requires
from alicerce.kernel.brazil import display_domain
from alicerce.kernel.products import part_of
from alicerce.ui.component import Content
from alicerce.ui.layout import Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.status import SERVICE, badge


def _pays(request: Request, found: ServiceView) -> bool:
    """What was said of a person is for who deals with the orders, not for who tends the site."""
    return found.customer_id in request.client.having("client:billing")  # type: ignore[attr-defined]


@part_of("hosting")
@requires("client:services")
@require_safe
def service(request: Request, service_id: UUID) -> HttpResponse:
    found, progress = hosting.service_of_person(request, service_id)
    domain = display_domain(found.domain)
    point: list[Content] = []
    if found.nameservers:
        point.append(dns.nameservers_card(found.nameservers))
    main = [
        *client_note(found),
        *hosting.activation_region(found, progress),
        *point,
        *dns.zone_cards(service_id),
    ]
    page = Page(
        domain,
        "client",
        [
            Columns(
                main,
                [
                    hosting.facts_card(found),
                    *answers_of_line(found.line_id, with_personal=_pays(request, found)),
                    *transfers.transfer_card(found),
                ],
                side_label=_("Sobre o serviço"),
                side_first=False,
            )
        ],
        badge=badge(SERVICE, found.status),
        breadcrumbs=[Crumb(_("Serviços"), reverse("client:services")), Crumb(domain)],
    )
    return render_page(request, page)
