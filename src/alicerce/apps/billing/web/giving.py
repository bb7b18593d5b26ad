"""Money of nobody: the list, giving it to a customer, and taking that back."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alicerce.apps.billing import permissions
from alicerce.apps.billing.queries import suspense as queries
from alicerce.apps.billing.services import attribute_payment as services
from alicerce.apps.billing.types import InvoiceSummary
from alicerce.apps.billing.types.suspense import AttributionView, Unclaimed
from alicerce.apps.billing.web import targets
from alicerce.apps.billing.web.components import invoice_name
from alicerce.apps.billing.web.deeds import Deed, Facts, addresses
from alicerce.apps.billing.web.money_forms import DeedForm, ReasonForm
from alicerce.apps.billing.web.money_words import METHODS
from alicerce.apps.billing.web.suspense_forms import GivingForm
from alicerce.apps.customers import public as customers
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.money import Money
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money
from alicerce.ui.layout import Crumb, Section
from alicerce.ui.links import here, said_id
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, Link, MoneyText, TimeText

TITLE = gettext_lazy("Dinheiro sem dono")


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def suspense(request: Request) -> HttpResponse:
    before = said_id(request, "antes")
    page = queries.unclaimed(before=before)
    given = queries.attributions() if before is None else []
    body: list[Content] = [_waiting(request, page.found, page.next_before, before)]
    if given:
        body.append(Section(_("Dado a clientes"), [_given(request, given)]))
    lead = _("O que chegou e nada diz de quem é. Fica fora das receitas até ser de alguém.")
    crumbs = [Crumb(_("Faturas"), reverse("workspace:invoices")), Crumb(str(TITLE))]
    return render_page(
        request, Page(str(TITLE), "workspace", body, lead=lead, breadcrumbs=crumbs)
    )


def _waiting(
    request: Request, found: Sequence[Unclaimed], more: UUID | None, before: UUID | None
) -> Table:
    may = permissions.SETTLE in request.permissions
    near = queries.asked_by_invoices(found)
    names = _names(request, [one.customer_id for some in near.values() for one in some])
    return Table(
        str(TITLE),
        [
            Column(_("Pagamento"), "name"),
            Column(_("Recebido")),
            Column(_("Sem dono"), "number"),
            Column(_("Faturas deste valor")),
            *([Column(_("Ação"), "actions")] if may else []),
        ],
        [
            TableRow(
                [
                    Cell(str(METHODS[one.payment.method]), "", one.payment.reference),
                    TimeText(one.payment.received_at),
                    MoneyText(one.left),
                    _near(one, near.get(one.left, ()), names, may=may),
                    *([LinkButton(_("Dar a um cliente"), _url(one), size="sm")] if may else []),
                ]
            )
            for one in found
        ],
        empty=EmptyState(
            _("Nada está sem dono"),
            _("Todo o dinheiro que chegou é de uma fatura, de um cliente, ou voltou."),
            icon="circle-check",
        ),
        newer=here(request, antes="") if before else "",
        older=here(request, antes=str(more)) if more else "",
    )


def _near(
    one: Unclaimed, found: Sequence[InvoiceSummary], names: Mapping[UUID, str], *, may: bool
) -> Content:
    if not found:
        return _("Nenhuma")
    asks = found[0]
    words = " · ".join(
        [asks.code, *([names[asks.customer_id]] if asks.customer_id in names else [])]
    )
    if left := len(found) - 1:
        words += _(" e mais %(count)s") % {"count": left}
    return Link(words, f"{_url(one)}?invoice={asks.code}") if may else words


def _given(request: Request, found: Sequence[AttributionView]) -> Table:
    may = permissions.SETTLE in request.permissions
    names = _names(request, [one.customer_id for one in found])
    return Table(
        _("Dado a clientes"),
        [
            Column(_("Cliente"), "name"),
            Column(_("Quando")),
            Column(_("Valor"), "number"),
            Column(_("Para"), "status"),
            *([Column(_("Ação"), "actions")] if may else []),
        ],
        [
            TableRow(
                [
                    Cell(
                        names.get(one.customer_id, _("Cliente")),
                        reverse("workspace:customer_statement", args=[one.customer_id]),
                        one.payment.reference,
                    ),
                    TimeText(one.made_at),
                    MoneyText(one.amount),
                    _went(one),
                    *([_undo(one)] if may else []),
                ]
            )
            for one in found
        ],
    )


def _went(one: AttributionView) -> Content:
    if one.undone_at:
        return Badge("", _("Desfeito"))
    if one.invoice_id is None:
        return Badge("ok", _("Saldo"))
    return Link(_("Uma fatura"), reverse("workspace:invoice", args=[one.invoice_id]))


def _undo(one: AttributionView) -> Content:
    if one.undone_at:
        return ""
    there = reverse("workspace:attribution_undo", args=[one.id])
    return LinkButton(_("Desfazer"), there, size="sm")


def _names(request: Request, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Who may not read customers reads no names."""
    return customers.names_of(set(ids)) if "customers:read" in request.permissions else {}


def _url(one: Unclaimed) -> str:
    return reverse("workspace:payment_give", args=[one.payment.id])


def _of_giving(form: GivingForm) -> Facts:
    amount, owner = form.target.most, customers.customer(form.customer_id)
    name = f"{owner.name} · {owner.email}"
    if form.paid is None:
        return [*_of_payment(form), (_("Cliente"), name), (_("Vira saldo"), money(amount))]
    pays = Money(min(amount.cents, form.paid.remaining.cents), amount.currency)
    return [
        *_of_payment(form),
        (_("Cliente"), name),
        (_("Paga"), invoice_name(form.paid)),
        (_("Paga dela"), money(pays)),
        (_("Falta depois"), money(form.paid.remaining - pays)),
        (_("Vira saldo"), money(amount - pays)),
    ]


def _of_payment(form: DeedForm) -> Facts:
    return [(_("Pagamento"), form.target.name), (_("Valor"), money(form.target.most))]


def _give(form: GivingForm) -> None:
    said = {
        "payment_id": form.target.id,
        "cents": form.target.most.cents,
        "reason": form.cleaned_data["reason"],
        "at": now(),
    }
    if form.paid:
        services.give_to_invoice(invoice_id=form.paid.id, **said)
    else:
        services.give_to_customer(customer_id=form.customer_id, **said)


def _of_undoing(form: DeedForm) -> Facts:
    then = _("Sai do saldo do cliente e volta a estar sem dono.")
    return [*_of_payment(form), (_("Depois"), then)]


def _take_back(form: DeedForm) -> None:
    reason = form.cleaned_data["reason"]
    services.take_back(attribution_id=form.target.id, reason=reason, at=now())


DEEDS = (
    Deed(
        name="payment_give",
        place="pagamentos/<uuid:payment_id>/dono/",
        of="payment_id",
        permission=permissions.SETTLE,
        entity="payment",
        title=gettext_lazy("Dar a um cliente"),
        button=gettext_lazy("Dar a este cliente"),
        told=gettext_lazy(
            "Tudo o que está sem dono deste pagamento passa a ser do cliente. Confira quem pagou antes."
        ),
        done=gettext_lazy("O dinheiro é do cliente."),
        form=GivingForm,
        find=targets.unclaimed,
        facts=_of_giving,
        perform=_give,
    ),
    Deed(
        name="attribution_undo",
        place="sem-dono/<uuid:attribution_id>/desfazer/",
        of="attribution_id",
        permission=permissions.SETTLE,
        entity="payment",
        title=gettext_lazy("Desfazer: era de outro"),
        button=gettext_lazy("Desfazer"),
        told=gettext_lazy(
            "Só enquanto o valor inteiro está no saldo do cliente. O que pagou uma fatura volta primeiro "
            "ao saldo, por uma nota de crédito dela."
        ),
        done=gettext_lazy("O dinheiro está sem dono outra vez."),
        form=ReasonForm,
        find=targets.attributed,
        facts=_of_undoing,
        perform=_take_back,
    ),
)

urlpatterns = [
    path("sem-dono/", suspense, name="suspense"),
    *(address for deed in DEEDS for address in addresses(deed)),
]
