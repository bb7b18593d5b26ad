"""What the pages of the platform's products are made of."""

from collections.abc import Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alicerce.apps.collecting.types import CardView
from alicerce.apps.payers.queries.buying import awaited_change
from alicerce.apps.payers.types import Awaiting, Basket, Offer, Ware, plan_of
from alicerce.apps.payers.web.components import PRODUCTS, sale_badge
from alicerce.apps.payers.web.forms import HowForm
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import LimitKey
from alicerce.kernel.money import Money
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content, Words
from alicerce.ui.formats import day, money, number
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card, Row
from alicerce.ui.panels import EmptyState, KeyValues, Note, Pair
from alicerce.ui.plans import CYCLES
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, MoneyText, Text


def ware_cards(wares: Sequence[Ware], *, may_buy: bool) -> list[Content]:
    if not wares:
        words = _("A plataforma ainda não pôs produtos à venda.")
        return [EmptyState(_("Nada à venda"), words)]
    return [_ware_card(one, may_buy=may_buy) for one in wares]


def _ware_card(ware: Ware, *, may_buy: bool) -> Content:
    title = PRODUCTS[ware.product]
    if ware.sale:
        return _had_card(ware, title, may_buy=may_buy)
    if ware.awaiting:
        return _awaiting_card(ware, ware.awaiting, title, may_buy=may_buy)
    if ware.is_had:
        words = _("A empresa tem este produto, e nada é cobrado por ele.")
        return Card([Text(words)], title=title, aside=Badge("ok", _("Incluído")))
    return Card([_offers_table(ware, may_buy=may_buy)], title=title)


def _had_card(ware: Ware, title: Words, *, may_buy: bool) -> Content:
    sale = ware.sale
    assert sale, "it is paid for"
    card = sale.subscription
    until = card.period.last_day if card.period else None
    if card.cancel_at_period_end and card.ends_on:
        until = card.ends_on - timedelta(days=1)
    pairs = [
        Pair(_("Plano"), plan_of(card.description)),
        Pair(_("Preço"), f"{money(card.amount)} · {CYCLES[card.cycle.value]}"),
    ]
    if until:
        words = _("Termina em") if card.cancel_at_period_end else _("Pago até")
        pairs.append(Pair(words, day(until)))
    buttons = _had_buttons(ware, is_ending=card.cancel_at_period_end) if may_buy else []
    return Card(
        [*_change_note(ware, may_buy=may_buy), KeyValues(pairs), Row(buttons)],
        title=title,
        aside=sale_badge(sale),
    )


def _change_note(ware: Ware, *, may_buy: bool) -> list[Content]:
    waiting = awaited_change(ware)
    if waiting is None:
        return []
    actions: list[Content] = []
    if may_buy:
        url = reverse("workspace:platform_product_stay", args=[ware.product])
        actions.append(PostButton(Button(_("Desistir da mudança"), size="sm"), url))
    plan = plan_of(waiting.description)
    if waiting.drop_on:
        words = _(
            "%(plan)s vale assim que a fatura for paga. Sem pagamento até %(day)s, fica tudo como está."
        )
        told = words % {"plan": plan, "day": day(waiting.drop_on)}
    else:
        told = _("%(plan)s vale a partir de %(day)s.") % {
            "plan": plan,
            "day": day(waiting.effective_on),
        }
    return [Note("info", told, title=_("Mudança de plano"), actions=actions)]


def _had_buttons(ware: Ware, *, is_ending: bool) -> list[Content]:
    key = ware.product
    if is_ending:
        keep = reverse("workspace:platform_product_keep", args=[key])
        return [PostButton(Button(_("Manter o produto"), variant="primary"), keep)]
    change = reverse("workspace:platform_product_change", args=[key])
    end = reverse("workspace:platform_product_end", args=[key])
    return [
        LinkButton(_("Mudar de plano"), change),
        LinkButton(_("Encerrar"), end, variant="ghost"),
    ]


def _awaiting_card(ware: Ware, awaiting: Awaiting, title: Words, *, may_buy: bool) -> Content:
    pairs = [
        Pair(_("Plano"), plan_of(awaiting.description)),
        Pair(_("A pagar"), MoneyText(awaiting.total)),
    ]
    leave = reverse("workspace:platform_product_take_back", args=[ware.product])
    buttons: list[Content] = [
        LinkButton(_("Pagar"), order_url(awaiting.token), variant="primary"),
        PostButton(Button(_("Desistir"), variant="ghost"), leave),
    ]
    return Card(
        [KeyValues(pairs), Row(buttons if may_buy else [])],
        title=title,
        lead=_("Liga assim que a primeira fatura for paga."),
        aside=Badge("warn", _("Espera o pagamento")),
    )


def _offers_table(ware: Ware, *, may_buy: bool) -> Table:
    return Table(
        _("Planos"),
        [
            Column(_("Plano"), "name"),
            Column(_("Preço"), "number"),
            *([Column(_("Ações"), "actions")] if may_buy else []),
        ],
        [_offer_row(one, may_buy=may_buy) for one in ware.offers],
    )


def _offer_row(one: Offer, *, may_buy: bool) -> TableRow:
    cells: list[Content] = [Cell(one.plan, "", more_of(one)), price_of(one)]
    if may_buy:
        url = reverse("workspace:platform_product_buy", args=[one.product, one.price_id])
        cells.append(LinkButton(_("Ver valores"), url, size="sm"))
    return TableRow(cells)


def price_of(one: Offer) -> str:
    return f"{money(one.amount)} · {CYCLES[one.cycle.value]}"


def more_of(one: Offer) -> str:
    """What it allows, and what is asked for once or only later."""
    said = [limit_words(key, most) for key, most in one.limits.items()]
    if one.setup and one.setup.cents:
        said.append(_("instalação %(price)s") % {"price": money(one.setup)})
    if one.trial_days:
        words = ngettext("%(count)s dia de teste", "%(count)s dias de teste", one.trial_days)
        said.append(words % {"count": one.trial_days})
    return ", ".join(said)


def limit_words(key: str, most: int) -> str:
    words = {
        LimitKey.MEMBERS: ngettext("%(count)s pessoa", "%(count)s pessoas", most),
        LimitKey.CUSTOMERS: ngettext("%(count)s cliente", "%(count)s clientes", most),
        LimitKey.API_KEYS: ngettext("%(count)s chave de API", "%(count)s chaves de API", most),
    }
    return _("até %(what)s") % {"what": words[LimitKey(key)] % {"count": number(most)}}


def basket_cards(shown: Basket, *, action: str, back: str) -> list[Content]:
    """To the cent what is asked for now, what comes after, and how it is paid."""
    rows = [TableRow([Cell(part.words), MoneyText(part.amount)]) for part in shown.parts]
    table = Table(
        _("O que será cobrado"),
        [Column(_("Item"), "name"), Column(_("Valor"), "number")],
        rows,
    )
    notes = _basket_notes(shown)
    cards = _cards(shown.cards) if _is_paid_now(shown) else []
    form = HowForm(initial={"expected_cents": shown.total.cents}, cards=cards)
    ask = Form(
        action,
        form_fields(form),
        [
            Button(_button(shown), variant="primary"),
            LinkButton(_("Voltar"), back, variant="ghost"),
        ],
    )
    summary = Card([KeyValues(_basket_sums(shown)), ask], title=_("Confirmar"))
    return [*notes, *([Card([table], title=_("O que será cobrado"))] if rows else []), summary]


def _is_paid_now(shown: Basket) -> bool:
    return bool(shown.total.cents) and not shown.trial_days


def _button(shown: Basket) -> str:
    if shown.trial_days:
        return _("Começar o teste")
    return _("Comprar") if shown.total.cents else _("Ligar o produto")


def _basket_notes(shown: Basket) -> list[Content]:
    if shown.paid_until:
        words = _(
            "Os dias até %(day)s já foram cobrados desta conta: nada é pago de novo por eles."
        )
        return [Note("info", words % {"day": day(shown.paid_until - timedelta(days=1))})]
    if shown.trial_days and shown.trial_card and not shown.cards:
        words = _("O teste começa assim que a conta tiver um cartão guardado.")
        return [Note("warn", words)]
    if shown.trial_days:
        words = _("Durante o teste nada é cobrado. Encerrado antes do fim, não custa nada.")
        return [Note("info", words)]
    return [Note("info", _("O produto liga assim que a primeira fatura for paga."))]


def _basket_sums(shown: Basket) -> list[Pair]:
    now = Money(0, shown.total.currency) if shown.trial_days else shown.total
    pairs = [Pair(_("Plano"), shown.offer.plan), Pair(_("A pagar agora"), MoneyText(now))]
    if shown.trial_days:
        words = ngettext("%(count)s dia", "%(count)s dias", shown.trial_days)
        pairs.append(Pair(_("Teste"), words % {"count": shown.trial_days}))
        pairs.append(Pair(_("Ao fim do teste"), MoneyText(shown.total)))
    return [*pairs, Pair(_("Renova"), price_of(shown.offer))]


def _cards(cards: Sequence[CardView]) -> list[tuple[str, str]]:
    words = _("Cartão %(brand)s final %(last4)s")
    return [
        (str(one.id), words % {"brand": one.brand.title(), "last4": one.last4})
        for one in cards
        if not one.refused
    ]


def plan_words(ware: Ware) -> str:
    assert ware.sale, "it is paid for"
    return plan_of(ware.sale.subscription.description)


def order_url(token: str) -> str:
    """The order's page at the platform, which asks nobody to sign in."""
    return tenancy.platform_url() + reverse("site:order", args=[token])


def back_button(url: str) -> LinkButton:
    return LinkButton(_("Voltar"), url, variant="ghost")
