"""One's own data, in the account: what was asked, what was agreed to, and the ways to ask."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.privacy import queries
from alicerce.apps.privacy.errors import (
    AlreadyAsked,
    TooLateToWithdraw,
)
from alicerce.apps.privacy.services import ask
from alicerce.apps.privacy.services.consents import set_consent
from alicerce.apps.privacy.services.preview import fates, kept_until_of, obstacles
from alicerce.apps.privacy.types import Channel, Purpose
from alicerce.apps.privacy.web import asking, components
from alicerce.apps.privacy.web.asking import me
from alicerce.apps.privacy.web.forms import ConsentForm, CorrectionForm
from alicerce.kernel.access import ACCOUNT, Request, requires
from alicerce.kernel.clock import now
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, form_fields
from alicerce.ui.layout import Card, Crumb, Section
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note
from alicerce.ui.texts import Text

PAGE = "account_privacy"


@requires(ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def privacy(request: Request) -> HttpResponse:
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _correct(request, form.cleaned_data["words"])
    page = Page(
        _("Privacidade"),
        "account",
        [
            Section(
                _("Seus pedidos"),
                [components.requests_table(queries.requests_of(me(request)))],
            ),
            _copy_card(),
            _correction_card(form),
            Card(
                [components.consents(queries.consents_of(me(request)))],
                title=_("Consentimentos"),
            ),
            _erasure_card(),
        ],
        lead=_("O que sabemos de você, e o que você pode pedir (LGPD, art. 18)."),
        breadcrumbs=[Crumb(_("Sua conta"), reverse("account")), Crumb(_("Privacidade"))],
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


@requires(ACCOUNT)
@require_POST
def withdraw(request: Request, request_id: UUID) -> HttpResponse:
    if queries.request_of(request_id=request_id, user_id=me(request)) is None:
        raise Http404
    try:
        ask.withdraw(request_id=request_id, at=now())
    except TooLateToWithdraw as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Pedido cancelado. Nada foi alterado."))
    return HttpResponseRedirect(reverse(PAGE))


@requires(ACCOUNT)
@require_POST
def consent(request: Request) -> HttpResponse:
    form = ConsentForm(request.POST)
    if form.is_valid():
        set_consent(
            user_id=me(request),
            purpose=Purpose(form.cleaned_data["finalidade"]),
            given=form.cleaned_data["vale"] == "sim",
            channel=Channel.CLIENT_AREA,
            at=now(),
        )
        messages.success(request, _("Sua escolha está registrada."))
    return HttpResponseRedirect(reverse(PAGE))


@requires(ACCOUNT)
@require_safe
def erase(request: Request) -> HttpResponse:
    found = obstacles(user_id=me(request))
    table = components.fates_table(
        fates(user_id=me(request)), kept_until_of(user_id=me(request))
    )
    way: list[Content] = (
        [components.obstacles_note(found)] if found else [components.erase_button()]
    )
    page = Page(
        _("Apagar meus dados"),
        "account",
        [table, components.logs_note(), *way],
        lead=_("Veja antes o que acontece com cada coisa que temos."),
        breadcrumbs=[Crumb(_("Privacidade"), reverse(PAGE)), Crumb(_("Apagar meus dados"))],
    )
    return render_page(request, page)


def _correct(request: Request, words: str) -> HttpResponse:
    try:
        ask.ask_for_correction(user_id=me(request), words=words, at=now())
    except AlreadyAsked as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Pedido registrado. A equipe corrige e responde no prazo."))
    return HttpResponseRedirect(reverse(PAGE))


def _copy_card() -> Card:
    return Card(
        [
            Text(_("Um arquivo com tudo o que guardamos sobre você, em JSON e CSV.")),
            Text(_("O link vale por 72 horas e só abre com a sua conta."), "muted"),
        ],
        title=_("Cópia dos meus dados"),
        footer=[LinkButton(_("Pedir cópia"), reverse("account_privacy_copy"))],
    )


def _correction_card(form: CorrectionForm) -> Card:
    return Card(
        [Form(reverse(PAGE), form_fields(form), [Button(_("Pedir correção"))])],
        title=_("Corrigir meus dados"),
        lead=_(
            "Nome e e-mail da conta você mesmo corrige no perfil. Documento e cadastro de cliente são"
            " corrigidos pela equipe, que confere antes."
        ),
        footer=[LinkButton(_("Abrir o perfil"), reverse("account"))],
    )


def _erasure_card() -> Card:
    return Card(
        [
            Note(
                "info",
                _("O que a lei manda guardar fica guardado, com motivo e data para acabar."),
            )
        ],
        title=_("Apagar meus dados"),
        footer=[LinkButton(_("Ver o que seria apagado"), reverse("account_privacy_erase"))],
    )


urlpatterns = [
    path("conta/privacidade/", privacy, name="account_privacy"),
    *asking.urlpatterns,
    path("conta/privacidade/consentimento/", consent, name="account_privacy_consent"),
    path("conta/privacidade/apagar/", erase, name="account_privacy_erase"),
    path(
        "conta/privacidade/pedidos/<uuid:request_id>/desistir/",
        withdraw,
        name="account_privacy_withdraw",
    ),
]
