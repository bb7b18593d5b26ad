"""What may be done with what is between us and one customer."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import permissions
from alicerce.kernel.access import Request
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Row
from alicerce.ui.links import here


def statement_actions(request: Request, customer_id: UUID, currency: str) -> Row:
    file = reverse("workspace:customer_statement_file", args=[customer_id])
    query = here(request, moeda=currency).partition("?")[2]
    sheet = reverse("workspace:customer_statement_pdf", args=[customer_id])
    buttons: list[Content] = [
        LinkButton(_("Baixar PDF"), f"{sheet}?{query}", icon="download"),
        LinkButton(_("Baixar CSV"), f"{file}?{query}", icon="download"),
    ]
    if permissions.MANAGE in request.permissions and currency == "BRL":
        adjust = reverse("workspace:wallet_adjust", args=[customer_id])
        buttons.append(LinkButton(_("Ajustar saldo"), adjust, icon="wallet"))
    return Row(buttons)
