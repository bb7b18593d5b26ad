"""Bringing the book of another program: the dumps, what each would bring, and bringing it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alicerce.apps.switching import permissions
from alicerce.apps.switching.errors import NoSuchDump
from alicerce.apps.switching.models import Dump
from alicerce.apps.switching.queries import dumps as queries
from alicerce.apps.switching.queries.balances import balances
from alicerce.apps.switching.services.upload import cancel_dump, start_bringing, upload_dump
from alicerce.apps.switching.types import Course, DumpCard, DumpStage
from alicerce.apps.switching.web import components as parts
from alicerce.apps.switching.web import shadow_components as shadows
from alicerce.apps.switching.web.components import url
from alicerce.apps.switching.web.forms import DumpFields, ServerFields
from alicerce.apps.switching.web.words import STAGES
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import LinkButton
from alicerce.ui.component import Content
from alicerce.ui.formats import number
from alicerce.ui.layout import Crumb, Section
from alicerce.ui.live import LiveRegion
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note
from alicerce.ui.status import badge

WATCH, SETTLED = 2, 0
OVER = {DumpStage.BROUGHT, DumpStage.FAILED, DumpStage.CANCELED}


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Trazer do WHMCS"), url("switching")), *crumbs]


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def overview(request: Request) -> HttpResponse:
    course, done = queries.course()
    found = queries.dumps()
    body: list[Content] = [*_course(request, course, done), parts.dumps_table(found)]
    may_send = permissions.MANAGE in request.permissions and course == Course.BESIDE
    page = Page(
        _("Trazer do WHMCS"),
        "workspace",
        body,
        lead=_(
            "Traga clientes, serviços e faturas, compare a cobrança ao centavo por um tempo,"
            " e só então passe a cobrar aqui."
        ),
        actions=[
            LinkButton(
                _("Enviar cópia"), url("switching_new"), icon="upload", variant="primary"
            )
        ]
        if may_send and found
        else [],
    )
    return render_page(request, page)


def _course(request: Request, course: Course, done: Mapping[str, Any]) -> list[Content]:
    if course == Course.HERE:
        said = _(
            "%(subscriptions)s assinaturas são cobradas aqui; %(invoices)s faturas em aberto e"
            " %(credits)s saldos vieram junto."
        ) % {name: number(done[name]) for name in ("subscriptions", "invoices", "credits")}
        return [Note("ok", said, title=_("A cobrança está aqui."))]
    if course in {Course.CROSSING, Course.UNDOING}:
        words = {
            Course.CROSSING: _("A cobrança está passando para cá…"),
            Course.UNDOING: _("O que veio está sendo desfeito…"),
        }
        note = Note("info", _("Você pode sair desta página."), title=words[course])
        return [LiveRegion("andamento", url("switching"), WATCH, [note])]
    if not queries.was_brought() or permissions.CUT_OVER not in request.permissions:
        return []
    return [
        Note(
            "info",
            _("Nada do que veio é cobrado ainda."),
            title=_("A cobrança continua no WHMCS."),
            actions=[
                LinkButton(_("Passar a cobrar aqui"), url("switching_cross"), size="sm"),
                LinkButton(
                    _("Desfazer a importação"),
                    url("switching_undo"),
                    variant="ghost",
                    size="sm",
                ),
            ],
        )
    ]


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    form = DumpFields(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            dump_id = upload_dump(
                parts=file.chunks(),
                filename=file.name or "whmcs.sql",
                user_id=_user_id(request),
                at=now(),
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return HttpResponseRedirect(url("switching_dump", dump_id))
    page = Page(
        _("Enviar cópia do WHMCS"),
        "workspace",
        [parts.upload_form(form), parts.lead_text(_what_is_kept())],
        breadcrumbs=trail(Crumb(_("Enviar cópia"))),
        width="narrow",
        status=422 if form.errors else 200,
    )
    return render_page(request, page)


def _what_is_kept() -> str:
    return _(
        "Senhas, cartões e chaves não são lidos. O arquivo é apagado assim que foi lido, e as"
        " linhas lidas, 45 dias depois."
    )


@requires("workspace:enter")
@requires(permissions.READ)
@require_safe
def dump(request: Request, dump_id: UUID) -> HttpResponse:
    found = found_dump(dump_id)
    card = found.card()
    every = WATCH if card.is_at_work else SETTLED
    body: list[Content] = [
        LiveRegion("copia", url("switching_dump", dump_id), every, _body(request, found, card))
    ]
    page = Page(
        card.filename,
        "workspace",
        body,
        badge=badge(STAGES, card.stage),
        breadcrumbs=trail(Crumb(_("Cópia"))),
        actions=_actions(request, card),
    )
    return render_page(request, page)


def _body(request: Request, found: Dump, card: DumpCard) -> list[Content]:
    body: list[Content] = [*parts.progress(card)]
    if card.stage in {DumpStage.BRINGING, DumpStage.BROUGHT}:
        body.append(parts.figures(card))
    shadow = queries.shadow_of(found.id)
    if shadow and shadow.finished_at:
        body.append(
            Section(
                _("Comparação com o WHMCS"),
                shadows.summary(shadow),
                LinkButton(_("Ver diferenças"), url("switching_shadow", shadow.id), size="sm"),
            )
        )
    if card.stage == DumpStage.EXAMINED and permissions.MANAGE in request.permissions:
        form = ServerFields(names=queries.server_names_there(found.id))
        body.append(parts.bring_form(card, form))
    if card.counts:
        body.append(Section(_("Linha por linha"), [parts.counts_table(card)]))
    if counts := queries.remark_counts(found.id) if card.stage != DumpStage.READING else {}:
        body.append(Section(_("Avisos e recusas"), [parts.remarks_table(counts)]))
    if card.stage == DumpStage.BROUGHT:
        body.append(parts.balances_table(balances(found)))
    return body


def _actions(request: Request, card: DumpCard) -> list[Content]:
    actions: list[Content] = []
    if card.counts:
        actions.append(LinkButton(_("Ver relatório"), url("switching_report", card.id)))
    if card.stage == DumpStage.BROUGHT and "customers:update" in request.permissions:
        invite = reverse("workspace:customers_invite") + f"?trazido={card.id}"
        actions.append(LinkButton(_("Convidar clientes"), invite, icon="mail"))
    if card.stage not in OVER and permissions.MANAGE in request.permissions:
        actions.append(parts.cancel_button(card.id))
    return actions


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def bring(request: Request, dump_id: UUID) -> HttpResponse:
    found_dump(dump_id)
    form = ServerFields(request.POST, names=queries.server_names_there(dump_id))
    if not form.is_valid():
        messages.error(request, _("Escolha servidores da lista."))
        return HttpResponseRedirect(url("switching_dump", dump_id))
    try:
        start_bringing(dump_id=dump_id, servers=form.servers(), at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(url("switching_dump", dump_id))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def cancel(request: Request, dump_id: UUID) -> HttpResponse:
    found_dump(dump_id)
    cancel_dump(dump_id=dump_id, at=now())
    return HttpResponseRedirect(url("switching_dump", dump_id))


def found_dump(dump_id: UUID) -> Dump:
    try:
        return queries.dump_row(dump_id)
    except NoSuchDump:
        raise Http404 from None


def _user_id(request: Request) -> UUID:
    return UUID(str(request.user.pk))


urlpatterns = [
    path("trazer/", overview, name="switching"),
    path("trazer/enviar/", new, name="switching_new"),
    path("trazer/<uuid:dump_id>/", dump, name="switching_dump"),
    path("trazer/<uuid:dump_id>/trazer/", bring, name="switching_bring"),
    path("trazer/<uuid:dump_id>/cancelar/", cancel, name="switching_cancel"),
]
