"""What the pages of coupons are made of."""

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.catalog.types import CouponCard, CouponForm, CouponStatus
from alicerce.apps.catalog.web.coupon_forms import CouponFields, EndFields
from alicerce.apps.catalog.web.words import COUPON
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, ConfirmDialog, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import money, number
from alicerce.ui.forms import CheckList, Form, FormErrors, Span, form_field, form_fields
from alicerce.ui.layout import Card
from alicerce.ui.panels import EmptyState, KeyValues, Pair
from alicerce.ui.status import badge
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, TimeText

WIDTHS: Mapping[str, Span] = {
    "percent": 3, "amount": 3, "cycles": 3, "most": 3, "starts_on": 3, "ends_on": 3,
}  # fmt: skip
AFFIXES: Mapping[str, dict[str, str]] = {"percent": {"suffix": "%"}, "amount": {"prefix": "R$"}}


def coupon_url(coupon_id: UUID) -> str:
    return reverse("workspace:coupon", args=[coupon_id])


def new_coupon_button() -> LinkButton:
    url = reverse("workspace:coupon_new")
    return LinkButton(_("Criar cupom"), url, icon="plus", variant="primary")


def state(coupon: CouponCard) -> Badge:
    return badge(COUPON, coupon.status)


def coupons_table(coupons: Sequence[CouponCard], *, may_write: bool) -> Table:
    return Table(
        _("Cupons"),
        [
            Column(_("Código"), "name"),
            Column(_("Estado"), "status"),
            Column(_("Cobranças")),
            Column(_("Usos"), "number"),
            Column(_("Vale até")),
        ],
        [_row(coupon) for coupon in coupons],
        empty=EmptyState(
            _("Nenhum cupom"),
            _("Com um cupom, quem compra paga menos nas primeiras cobranças, ou em todas."),
            new_coupon_button() if may_write else "",
            icon="tag",
        ),
    )


def _row(coupon: CouponCard) -> TableRow:
    return TableRow(
        [
            Cell(coupon.form.code, coupon_url(coupon.id), off_words(coupon.form)),
            state(coupon),
            cycles_words(coupon.form.cycles),
            _uses(coupon),
            TimeText(coupon.form.ends_at) if coupon.form.ends_at else _("Sem fim"),
        ]
    )


def off_words(form: CouponForm) -> str:
    """What it takes off."""
    if form.percent_bp is not None:
        return f"{number(form.percent_bp / 100)}%"
    return money(Money(form.amount_cents or 0, form.currency))


def cycles_words(cycles: int | None) -> str:
    if cycles is None:
        return _("Todas")
    words = ngettext("A primeira", "As primeiras %(count)s", cycles)
    return words % {"count": cycles}


def _uses(coupon: CouponCard) -> str:
    if coupon.form.most is None:
        return number(coupon.redeemed)
    return _("%(used)s de %(most)s") % {
        "used": number(coupon.redeemed),
        "most": number(coupon.form.most),
    }


def coupon_form(form: CouponFields) -> list[Content]:
    said = [
        form_field(bound, span=WIDTHS.get(bound.name, 6), **AFFIXES.get(bound.name, {}))
        for bound in form
        if bound.name != "plans"
    ]
    plans = CheckList(
        form["plans"].label,
        form["plans"].subwidgets,
        error=" ".join(str(error) for error in form["plans"].errors),
    )
    actions: list[Content] = [
        Button(_("Criar cupom"), variant="primary"),
        LinkButton(_("Voltar"), reverse("workspace:coupons")),
    ]
    note = _("Sem nenhum plano marcado, o cupom vale para todos. O desconto não muda depois.")
    return [Card([Form("", [*said, plans], actions, _errors(form))], footer=[note])]


def _errors(form: EndFields) -> FormErrors | Literal[""]:
    return FormErrors(form) if form.errors else ""


def coupon_parts(
    coupon: CouponCard, plans: Mapping[UUID, str], form: EndFields | None
) -> list[Content]:
    facts = _facts(coupon, plans)
    if form is None or coupon.status == CouponStatus.RETIRED:
        return [facts]
    save = [Button(_("Salvar cupom"), variant="primary")]
    return [
        facts,
        Card([Form("", form_fields(form), save, _errors(form))], title=_("Até quando vale")),
        _retire_dialog(coupon),
    ]


def _facts(coupon: CouponCard, plans: Mapping[UUID, str]) -> Card:
    form = coupon.form
    named = [plans[each] for each in form.plan_ids if each in plans]
    pairs = [
        Pair(_("Desconto"), off_words(form)),
        Pair(_("Cobranças"), cycles_words(form.cycles)),
        Pair(_("Planos"), ", ".join(named) or _("Todos")),
        Pair(_("Usos"), _uses(coupon)),
        Pair(_("Por cliente"), _("Uma vez") if form.once_per_customer else _("Sem limite")),
    ]
    if form.starts_at:
        pairs.append(Pair(_("Vale desde"), TimeText(form.starts_at)))
    if form.ends_at:
        pairs.append(Pair(_("Vale até"), TimeText(form.ends_at)))
    return Card([KeyValues(pairs)], title=_("Sobre o cupom"))


def _retire_dialog(coupon: CouponCard) -> ConfirmDialog:
    return ConfirmDialog(
        "retirar",
        Button(_("Encerrar cupom"), icon="ban", variant="ghost"),
        _("Encerrar %(code)s?") % {"code": coupon.form.code},
        [_("Quem já o usou continua com o que ele prometeu.")],
        _("Encerrar cupom"),
        reverse("workspace:coupon_retire", args=[coupon.id]),
    )
