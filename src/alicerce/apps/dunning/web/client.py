"""What a customer reads over every page while they are late."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.dunning.queries.walks import overdue_of
from alicerce.apps.dunning.types import ON_SERVICES, Planned, Standing, StepKind
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.panels import Note

SHOWN_FROM = frozenset({StepKind.BANNER, *ON_SERVICES})


def late_note(request: Request) -> Content:
    """Their longest overdue invoice, from the step of the ladder that says so; nothing for others."""
    if "client:billing" not in request.permissions:
        return ""
    late = overdue_of(_customers(request), at=now())
    shown = [each for each in late if any(row.kind in SHOWN_FROM for row in each.taken)]
    return _note(shown[0]) if shown else ""


def _note(standing: Standing) -> Note:
    url = reverse("client:invoice", args=[standing.invoice_id])
    is_suspended = any(row.kind in ON_SERVICES for row in standing.taken)
    due = _("Uma fatura venceu em %(day)s e está em aberto.") % {"day": day(standing.due_on)}
    return Note(
        "bad" if is_suspended else "warn",
        _threat(standing, _next_on_services(standing)),
        title=due,
        actions=[LinkButton(_("Ver e pagar"), url, variant="primary", size="sm")],
    )


def _next_on_services(standing: Standing) -> Planned | None:
    return next((step for step in standing.coming if step.kind in ON_SERVICES), None)


def _threat(standing: Standing, step: Planned | None) -> str:
    if step is None or standing.course is None:
        return _("Assim que o pagamento entrar, tudo volta ao normal.")
    words = {
        StepKind.SUSPEND_WEB: _("Sem pagamento, o site sai do ar em %(day)s."),
        StepKind.SUSPEND_ALL: _("Sem pagamento, o que ainda funciona para em %(day)s."),
        StepKind.END: _("Sem pagamento, o contrato termina em %(day)s."),
    }
    local = step.at.astimezone(standing.course.zone)
    return words[step.kind] % {"day": day(local.date())}


def _customers(request: Request) -> tuple[UUID, ...]:
    customers: tuple[UUID, ...] = request.client.having("client:billing")  # type: ignore[attr-defined]
    return customers
