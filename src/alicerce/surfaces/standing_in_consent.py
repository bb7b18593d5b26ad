"""A company that wants to be asked each time: an operator asks, its own people answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from alicerce.apps.identity import public as identity
from alicerce.apps.identity.errors import ConsentIsOver, MayNotImpersonate
from alicerce.apps.identity.permissions import IMPERSONATE
from alicerce.apps.identity.types import Consent, Errand, Person
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.permissions import COMPANY_WRITE, OPERATE, WORKSPACE
from alicerce.apps.tenancy.web import team
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.surfaces.standing_in_forms import AREAS
from alicerce.surfaces.standing_in_steps import ACTION, actor, enter, foreseen, may
from alicerce.ui.buttons import Button, LinkButton, PostButton
from alicerce.ui.component import Content
from alicerce.ui.concerns import Concern
from alicerce.ui.layout import Card, Crumb, Row
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.tables import Cell, Column, Table, TableRow
from alicerce.ui.texts import Badge, TimeText

GRANT = "impersonation.consent_approved"


def ask(request: Request, tenant_id: UUID, subject_id: UUID, errand: Errand) -> HttpResponse:
    """Nothing begins: the company gets a letter, and the operator one when it answered."""
    with acting(tenant_id=tenant_id), transaction():
        identity.ask_consent(
            actor_id=actor(request),
            subject_id=subject_id,
            errand=errand,
            answerers=tenancy.answerers(),
            path="/app/equipe/acessos/pedidos/",
            at=now(),
        )
    messages.success(
        request, _("A empresa recebeu o seu pedido e tem 24 horas para responder.")
    )
    return HttpResponseRedirect(reverse("console:stand_in"))


def asked_table(request: Request) -> Content:
    """What this operator asked for and may still use; nothing while there is none."""
    found = identity.consents_asked_by(actor(request), at=now())
    if not found:
        return ""
    companies = tenancy.tenant_names()
    people = identity.people([one.subject_id for one in found])
    columns = [
        Column(_("No lugar de"), "name"),
        Column(_("Empresa")),
        Column(_("Estado"), "status"),
        Column(_("Vale até")),
        Column("", "actions"),
    ]
    rows = [
        TableRow(
            [
                Cell(_name(people.get(one.subject_id)), "", one.errand.reason),
                companies.get(one.tenant_id, "–"),
                _state(one),
                TimeText(one.expires_at),
                _start_link(one),
            ]
        )
        for one in found
    ]
    return Table(_("Pedidos feitos às empresas"), columns, rows)


def _state(one: Consent) -> Badge:
    if one.answered_at is None:
        return Badge("info", _("Aguarda resposta"))
    if one.withdrawn_at:
        return Badge("bad", _("Autorização retirada"))
    return Badge("ok", _("Autorizado")) if one.is_granted else Badge("bad", _("Recusado"))


def _start_link(one: Consent) -> Content:
    url = reverse("console:stand_in_consented", args=[one.id])
    return LinkButton(_("Começar"), url, size="sm") if one.is_granted else ""


def _foresee_start(request: Request, consent_id: UUID) -> Foreseen:
    granted, subject = _granted(request, consent_id)
    return foreseen(granted.tenant_id, subject, granted.errand, reverse("console:stand_in"))


@requires(OPERATE)
@sensitive(ACTION, permission=IMPERSONATE, foresee=_foresee_start)
def begin_with_consent(request: Request, consent_id: UUID) -> HttpResponseBase:
    granted, subject = _granted(request, consent_id)
    tenant_id, back = granted.tenant_id, reverse("console:stand_in")
    if not may(request, tenant_id, subject.id, granted.errand.area):
        messages.error(request, str(MayNotImpersonate.message))
        return HttpResponseRedirect(back)
    try:
        with acting(tenant_id=tenant_id):
            begun = identity.start_with_consent(
                consent_id=consent_id, actor_id=actor(request), at=now()
            )
    except ConsentIsOver as over:
        messages.error(request, str(over.message))
        return HttpResponseRedirect(back)
    return enter(request, begun, tenant_id, granted.errand.area, back)


def _granted(request: Request, consent_id: UUID) -> tuple[Consent, Person]:
    """A yes that this operator got and did not use yet. Absent for everybody else."""
    mine = identity.consents_asked_by(actor(request), at=now())
    found = next((one for one in mine if one.id == consent_id and one.is_granted), None)
    if found is None:
        raise Http404
    subject = identity.person(found.subject_id)
    if subject is None:
        raise Http404
    return found, subject


def concerns() -> list[Concern]:
    """What waits for an answer, among the things that need a person."""
    waiting = identity.consents(at=now())
    people = identity.people([one.actor_id for one in waiting])
    return [
        Concern(
            what=_("%(name)s pede acesso") % {"name": _name(people.get(one.actor_id))},
            why=one.errand.reason,
            state=Badge("warn", _("Aguarda resposta")),
            since=one.asked_at,
            url=reverse("workspace:consent", args=[one.id]),
        )
        for one in waiting
    ]


@requires(WORKSPACE)
@requires(COMPANY_WRITE)
@require_safe
def consent(request: Request, consent_id: UUID) -> HttpResponse:
    """What is asked for, and the two answers while there is time."""
    found = _of_company(consent_id)
    title = _("Pedido de acesso")
    footer: list[Content] = [_state(found)]
    if found.is_waiting(at=now()):
        yes = LinkButton(
            _("Autorizar"),
            reverse("workspace:consent_grant", args=[found.id]),
            variant="primary",
        )
        no = PostButton(
            Button(_("Recusar")), reverse("workspace:consent_refuse", args=[found.id])
        )
        footer = [Row([yes, no])]
    elif found.is_good(at=now()):
        back = reverse("workspace:consent_withdraw", args=[found.id])
        footer.append(PostButton(Button(_("Retirar a autorização"), variant="danger"), back))
    facts = [Pair(label, value) for label, value in _facts(found)]
    facts.append(Pair(_("Responder até"), TimeText(found.expires_at)))
    page = Page(
        title,
        "workspace",
        [Card([KeyValues(facts)], footer=footer)],
        lead=_("Sem a sua autorização o acesso não começa. Ela vale uma vez, por 30 minutos."),
        breadcrumbs=team.crumbs(
            Crumb(_("Acessos no lugar de outra pessoa"), reverse("workspace:visits")),
            Crumb(title),
        ),
        width="narrow",
    )
    return render_page(request, page)


def _facts(found: Consent) -> list[tuple[str, str]]:
    people = identity.people([found.actor_id, found.subject_id])
    return [
        (_("Quem pede"), _name(people.get(found.actor_id))),
        (_("No lugar de"), _name(people.get(found.subject_id))),
        (_("Páginas"), str(dict(AREAS)[found.errand.area])),
        (_("Motivo"), found.errand.reason),
        (_("Chamado"), found.errand.ticket or "–"),
        (_("Pode alterar"), _("Sim") if found.errand.may_write else _("Não, só ver")),
    ]


def _foresee_grant(request: Request, consent_id: UUID) -> Foreseen:
    found = _of_company(consent_id)
    return Foreseen(
        title=_("Autorizar o acesso"),
        facts=_facts(found),
        button=_("Autorizar"),
        entity="person",
        entity_id=found.subject_id,
        back=reverse("workspace:consent", args=[consent_id]),
    )


@requires(WORKSPACE)
@sensitive(GRANT, permission=COMPANY_WRITE, foresee=_foresee_grant)
def grant(request: Request, consent_id: UUID) -> HttpResponseBase:
    return _answer(request, consent_id, is_granted=True)


@requires(WORKSPACE)
@requires(COMPANY_WRITE)
@require_POST
def refuse(request: Request, consent_id: UUID) -> HttpResponse:
    return _answer(request, consent_id, is_granted=False)


@requires(WORKSPACE)
@requires(COMPANY_WRITE)
@require_POST
def withdraw(request: Request, consent_id: UUID) -> HttpResponse:
    """Taking a yes back needs no proof: it opens nothing, and ends what goes on."""
    _of_company(consent_id)
    try:
        identity.withdraw_consent(consent_id=consent_id, at=now())
        messages.success(request, _("Autorização retirada. O acesso terminou."))
    except ConsentIsOver as over:
        messages.error(request, str(over.message))
    return HttpResponseRedirect(reverse("workspace:consent", args=[consent_id]))


def _answer(request: Request, consent_id: UUID, *, is_granted: bool) -> HttpResponse:
    found, at = _of_company(consent_id), now()
    back = HttpResponseRedirect(reverse("workspace:consent", args=[consent_id]))
    try:
        identity.answer_consent(
            consent_id=consent_id, by=actor(request), is_granted=is_granted, at=at
        )
    except ConsentIsOver as over:
        messages.error(request, str(over.message))
        return back
    company = tenancy.tenant_card().name
    with acting(tenant_id=tenancy.root_tenant()), transaction():
        identity.tell_answer(
            actor_id=found.actor_id,
            company=company,
            is_granted=is_granted,
            path=reverse("console:stand_in"),
            at=at,
        )
    messages.success(request, _("Autorizado.") if is_granted else _("Recusado."))
    return back


def _of_company(consent_id: UUID) -> Consent:
    found = identity.consent(consent_id)
    if found is None:
        raise Http404
    return found


def _name(person: Person | None) -> str:
    return (person.name or person.email) if person else "–"


console_urlpatterns = [
    path(
        "ver-como/pedidos/<uuid:consent_id>/",
        begin_with_consent,
        name="stand_in_consented",
    )
]
workspace_urlpatterns = [
    path("equipe/acessos/pedidos/<uuid:consent_id>/", consent, name="consent"),
    path("equipe/acessos/pedidos/<uuid:consent_id>/autorizar/", grant, name="consent_grant"),
    path("equipe/acessos/pedidos/<uuid:consent_id>/recusar/", refuse, name="consent_refuse"),
    path(
        "equipe/acessos/pedidos/<uuid:consent_id>/retirar/", withdraw, name="consent_withdraw"
    ),
]
