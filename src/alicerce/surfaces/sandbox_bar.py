"""What every page of a sandbox shows: that it is one, and what time it is there."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alicerce.apps.developers import permissions
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.clock import now
from alicerce.kernel.db import transaction
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.sandbox_bar import SandboxBar
from alicerce.ui.texts import TimeText


@transaction()
def drawn_sandbox_bar(request: HttpRequest) -> str:
    """Also for pages that no shell draws: what was refused or is not there."""
    clock = tenancy.sandbox_clock(at=now())
    with timezone.override(tenancy.tenant_card().time_zone):
        bar = SandboxBar(
            _("Ambiente de teste: nada aqui é cobrado de verdade."),
            _("O relógio está a caminho. Aqui é") if clock.until else _("Aqui é"),
            TimeText(clock.reads_at),
            _way(request),
        )
        return str(bar)


def _way(request: HttpRequest) -> Content:
    """For whoever may move the clock, from wherever they watch."""
    held: frozenset[str] = getattr(request, "permissions", frozenset())
    url = reverse("workspace:sandbox")
    if permissions.SANDBOX not in held or request.path == url:
        return ""
    return LinkButton(_("Adiantar o relógio"), url, size="sm")
