"""Canceling, taking that back, and what else a button does to one subscription."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from alicerce.apps.subscriptions.errors import NoSuchSubscription
from alicerce.apps.subscriptions.services.cancel import cancel_at_period_end, cancel_now
from alicerce.apps.subscriptions.types import EndCause, SubscriptionCard
from alicerce.apps.subscriptions.web.components import name_of, state_of
from alicerce.apps.subscriptions.web.forms import NOW, CancelForm
from alicerce.kernel.access import Request
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.formats import day
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page
from alicerce.ui.panels import Note
from alicerce.ui.shell import ShellName


def cancel(request: Request, card: SubscriptionCard, form: CancelForm, cause: EndCause) -> None:
    """As the form says, with a word about what became of it."""
    asked = {"subscription_id": card.id, "reason": form.cleaned_data["reason"], "at": now()}
    try:
        if form.cleaned_data["when"] == NOW:
            cancel_now(cause=cause, **asked)
            said = _("Assinatura encerrada.")
        else:
            last = cancel_at_period_end(**asked)
            said = _("A assinatura termina em %(day)s.") % {"day": day(last)}
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


def cancel_page(
    card: SubscriptionCard,
    form: CancelForm,
    *,
    surface: ShellName,
    action: str,
    back: str,
    breadcrumbs: list[Crumb],
) -> Page:
    told = _(
        "O que já foi pago não é devolvido por aqui. A fatura de um período que ainda não começou "
        "deixa de ser cobrada."
    )
    if card.is_trialing:
        told = _("O teste não custa nada: cancelado antes do fim, nada é cobrado.")
    ask = Form(
        action,
        form_fields(form),
        [
            Button(_("Cancelar assinatura"), icon="ban", variant="danger"),
            LinkButton(_("Voltar à assinatura"), back),
        ],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Cancelar assinatura"),
        surface,
        [Note("warn", told), Card([ask])],
        lead=name_of(card),
        badge=state_of(card),
        breadcrumbs=breadcrumbs,
        width="narrow",
        status=422 if form.errors else 200,
    )


def do(
    request: Request, act: Callable[[], object], said: str, back: str
) -> HttpResponseRedirect:
    """Something a button does, and back to where it stood. Raises NoSuchSubscription."""
    try:
        act()
    except NoSuchSubscription:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(back)
