"""Parts of the page of a company's sandbox."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.developers import public as developers
from alicerce.apps.endpoints import public as endpoints
from alicerce.apps.hosting import public as hosting
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import ClockView
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Row, Stack
from alicerce.ui.panels import EmptyState, KeyValues, Pair, Timeline, TimelineItem
from alicerce.ui.texts import Link, Mono, Text, TimeText

CARDS = ("4242", "0341", "3184", "9995")
"""The last digits of the simulator's cards, as its page lists them."""


def not_open() -> EmptyState:
    return EmptyState(
        _("Ainda não há ambiente de testes"),
        _("Ele abre com os planos que a empresa vende agora, e com mais nada."),
        PostButton(
            Button(_("Abrir o ambiente de testes"), variant="primary", icon="plus"),
            reverse("workspace:sandbox_open"),
        ),
        icon="code-xml",
    )


def rooms_card() -> Card:
    """Ways in, or why there are none. One goes in by signing in there: sessions stay apart."""
    url = tenancy.tenant_card().base_url.rstrip("/")
    title = _("Loja e espaço de trabalho")
    if not url:
        return Card([_no_address()], title=title)
    words = _(
        "Lá você entra com o mesmo e-mail e senha, porque o que se abre num lado não vale no outro. "
        "Quem não é da equipe vê a loja e a área do cliente, como veria a de verdade."
    )
    letters = _(
        "Os e-mails daqui são enviados mesmo, com [Teste] no assunto: ensaie com endereços seus."
    )
    ways = Row(
        [
            LinkButton(_("Abrir a loja de testes"), f"{url}/", icon="external-link"),
            LinkButton(
                _("Abrir o espaço de trabalho"),
                url + reverse("workspace:home"),
                icon="external-link",
                variant="primary",
            ),
        ]
    )
    pairs = KeyValues([Pair(_("Endereço"), Link(url, f"{url}/"))])
    return Card(
        [Stack([pairs, ways, Text(words, "muted"), Text(letters, "muted")])], title=title
    )


def _no_address() -> Content:
    words = _(
        "Este ambiente ainda não tem endereço. Ele nasce ao lado do da empresa, quando a instalação "
        "tem um nome na rede em vez de um número."
    )
    ask = PostButton(Button(_("Dar um endereço")), reverse("workspace:sandbox_open"))
    return Stack([Text(words), ask])


def way_home(home_url: str) -> Content:
    """From within: back to what is real."""
    if not home_url:
        return ""
    words = _("Clientes, pedidos, faturas, assinaturas e webhooks daqui são só daqui.")
    back = LinkButton(
        _("Voltar à empresa de verdade"),
        home_url.rstrip("/") + reverse("workspace:sandbox"),
        icon="external-link",
    )
    return Card([Stack([Text(words), Row([back])])], title=_("Você está no ambiente de testes"))


def providers_card() -> Card:
    """Who takes money and keeps sites here; without both, no order goes live."""
    accounts = [one.name for one in billing.accounts()]
    servers = [name for _id, name in hosting.server_choices()]
    nobody = _("Ninguém ainda")
    body: list[Content] = [
        KeyValues(
            [
                Pair(_("Recebe por"), ", ".join(accounts) or nobody),
                Pair(_("Servidores"), ", ".join(servers) or nobody),
            ]
        )
    ]
    if accounts and servers:
        body += _cards() if developers.offered_stand_ins() else []
    else:
        body.append(_simulate())
    return Card([Stack(body)], title=_("Provedores"))


def _simulate() -> Content:
    if developers.offered_stand_ins() is None:
        return Text(
            _(
                "Nesta instalação não há provedores simulados. Cadastre um servidor só de testes no "
                "espaço de trabalho daqui; sem quem receba, os pedidos esperam."
            ),
            "muted",
        )
    words = _(
        "Um processador de cartões e dois servidores de mentira: respondem como os de verdade, "
        "recusam cartões quando você escolhe, e ninguém é cobrado."
    )
    ask = PostButton(
        Button(_("Usar provedores simulados"), variant="primary"),
        reverse("workspace:sandbox_providers"),
    )
    return Stack([Text(words), ask])


def _cards() -> list[Content]:
    """What each card of the simulated page does: whoever rehearses chooses how it ends."""
    told = {
        "4242": _("É aceito sempre."),
        "0341": _("É aceito e guardado na hora, e recusado em cada cobrança depois."),
        "3184": _("É aceito na hora; depois o banco pede que o dono confirme."),
        "9995": _("É recusado na hora, por falta de saldo."),
    }
    intro = _("Na página de pagamento simulada você escolhe o cartão pelo final do número:")
    return [
        Text(intro, "muted"),
        KeyValues([Pair(f"•••• {number}", told[number]) for number in CARDS]),
    ]


def clock_card(clock: ClockView, form: forms.Form) -> Card:
    reads = Pair(_("Agora"), TimeText(clock.reads_at))
    if clock.until:
        on_its_way = Text(_("O relógio está a caminho. Esta página se atualiza sozinha."))
        pairs = KeyValues([reads, Pair(_("Indo até"), TimeText(clock.until))])
        return Card([Stack([pairs, on_its_way])], title=_("Relógio"))
    form.fields["day"].widget.attrs["min"] = (_today(clock) + timedelta(days=1)).isoformat()
    move = Form(
        reverse("workspace:sandbox"),
        form_fields(form),
        [Button(_("Adiantar o relógio"), variant="primary", icon="clock")],
        errors=FormErrors(form) if form.errors else "",
    )
    return Card([Stack([KeyValues([reads]), _short_moves(clock), move])], title=_("Relógio"))


def _short_moves(clock: ClockView) -> Row:
    """A day and a week ahead without typing: how a ladder is watched."""
    today = _today(clock)
    moves = ((1, _("Mais um dia")), (7, _("Mais uma semana")))
    return Row(
        [
            PostButton(
                Button(label),
                reverse("workspace:sandbox"),
                {"day": (today + timedelta(days=days)).isoformat()},
            )
            for days, label in moves
        ]
    )


def plans_card() -> Card:
    words = _(
        "Deixa planos, preços, opções e termos daqui como os da empresa agora. O que já foi vendido "
        "aqui fica como foi vendido."
    )
    renew = PostButton(
        Button(_("Renovar os planos"), icon="refresh-cw"), reverse("workspace:sandbox_refresh")
    )
    return Card([Stack([Text(words, "muted"), renew])], title=_("Planos"))


def _today(clock: ClockView) -> date:
    """By the company's calendar: the evening of one day is the next one elsewhere."""
    return clock.reads_at.astimezone(ZoneInfo(tenancy.tenant_card().time_zone)).date()


def happenings() -> Card:
    """The latest facts of the sandbox, in words."""
    words = {one.type: one.description for one in endpoints.offered()}
    items = [
        TimelineItem(str(words.get(one.type, one.type)), one.at, detail=Mono(one.type))
        for one in endpoints.logged_events()
    ]
    body: Content = Timeline(items) if items else Text(_("Nada aconteceu ainda."), "muted")
    return Card([body], title=_("O que aconteceu"))
