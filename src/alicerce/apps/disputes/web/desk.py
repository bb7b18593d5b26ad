"""One dispute: what is known, what is said, and the answer that goes once."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import public as billing
from alicerce.apps.disputes import permissions
from alicerce.apps.disputes.errors import NoSuchDispute
from alicerce.apps.disputes.queries.disputes import dispute as find_dispute
from alicerce.apps.disputes.queries.evidence import pack_of
from alicerce.apps.disputes.services.answer_dispute import (
    accept_dispute,
    save_draft,
    submit_evidence,
)
from alicerce.apps.disputes.types import DisputeKind, DisputeView
from alicerce.apps.disputes.web import components as parts
from alicerce.apps.disputes.web.forms import EvidenceForm
from alicerce.apps.disputes.web.med_parts import med_actions
from alicerce.apps.disputes.web.words import FIELDS, KINDS
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Columns, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Pair
from alicerce.ui.texts import Text

SUBMIT, ACCEPT = "dispute.evidence_approved", "dispute.acceptance_approved"
SENDING = "enviar"
SHORT = 120


@requires("workspace:enter")
@requires(permissions.READ)
@require_http_methods(["GET", "HEAD"])
def dispute(request: Request, dispute_id: UUID) -> HttpResponse:
    return render_page(request, _page(request, found(dispute_id), None))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.ANSWER)
@require_http_methods(["POST"])
def draft(request: Request, dispute_id: UUID) -> HttpResponse:
    view = found(dispute_id)
    form = EvidenceForm(request.POST)
    if not form.is_valid():
        return render_page(request, _page(request, view, form))
    try:
        save_draft(dispute_id=dispute_id, texts=form.texts(), at=now())
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(url(dispute_id))
    if SENDING in request.POST:
        return HttpResponseRedirect(reverse("workspace:dispute_submit", args=[dispute_id]))
    messages.success(request, _("Rascunho salvo. Nada foi enviado."))
    return HttpResponseRedirect(url(dispute_id))


def _foresee_submission(request: Request, dispute_id: UUID) -> Foreseen:
    view = _answerable(dispute_id)
    said = [(FIELDS[name], _short(text)) for name, text in view.draft.items()]
    if not said:
        raise Http404
    once = (_("Só uma vez"), _("Depois de enviadas, as provas não mudam mais."))
    return Foreseen(
        title=_("Enviar provas ao banco"),
        facts=[(_("Valor em disputa"), str(view.amount)), *said, once],
        button=_("Enviar provas"),
        entity="dispute",
        entity_id=dispute_id,
        amount_cents=view.amount.cents,
        back=url(dispute_id),
        whole=json.dumps(dict(view.draft), sort_keys=True),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(SUBMIT, permission=permissions.ANSWER, foresee=_foresee_submission)
def submit(request: Request, dispute_id: UUID) -> HttpResponseBase:
    try:
        submit_evidence(dispute_id=dispute_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("As provas estão a caminho do banco."))
    return HttpResponseRedirect(url(dispute_id))


def _foresee_acceptance(request: Request, dispute_id: UUID) -> Foreseen:
    view = _answerable(dispute_id)
    return Foreseen(
        title=_("Aceitar a disputa"),
        facts=[
            (_("Valor que se perde"), str(view.amount)),
            (
                _("Não tem volta"),
                _("O valor fica com quem contestou, e a tarifa, com o provedor."),
            ),
        ],
        button=_("Aceitar a disputa"),
        entity="dispute",
        entity_id=dispute_id,
        amount_cents=view.amount.cents,
        back=url(dispute_id),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(ACCEPT, permission=permissions.ANSWER, foresee=_foresee_acceptance)
def accept(request: Request, dispute_id: UUID) -> HttpResponseBase:
    try:
        accept_dispute(dispute_id=dispute_id, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("A aceitação está a caminho do provedor."))
    return HttpResponseRedirect(url(dispute_id))


def found(dispute_id: UUID) -> DisputeView:
    try:
        return find_dispute(dispute_id)
    except NoSuchDispute:
        raise Http404 from None


def url(dispute_id: UUID) -> str:
    return reverse("workspace:dispute", args=[dispute_id])


def title_of(view: DisputeView) -> str:
    return _("Disputa de %(amount)s") % {"amount": view.amount}


def _answerable(dispute_id: UUID) -> DisputeView:
    view = found(dispute_id)
    if view.kind != DisputeKind.CARD or not view.is_answerable(now()):
        raise Http404
    return view


def _page(request: Request, view: DisputeView, form: EvidenceForm | None) -> Page:
    invoice = billing.invoice(view.invoice_id) if view.invoice_id else None
    side: list[Content] = [
        parts.facts_card(view, invoice=invoice, at=now()),
        parts.money_card(view),
        *parts.answer_card(view),
    ]
    main = [*parts.notes(view), *_task(request, view, form)]
    return Page(
        title_of(view),
        "workspace",
        [Columns(main, side, side_label=_("Sobre a disputa"), side_first=True)],
        lead=str(KINDS[view.kind]),
        badge=parts.status_badge(view),
        breadcrumbs=[
            Crumb(_("Disputas"), reverse("workspace:disputes")),
            Crumb(title_of(view)),
        ],
        status=422 if form else 200,
    )


def _task(request: Request, view: DisputeView, form: EvidenceForm | None) -> list[Content]:
    """What is there to do; what was said, when nothing is."""
    may_answer = permissions.ANSWER in request.permissions
    if view.kind == DisputeKind.MED:
        return med_actions(view) if may_answer else []
    if may_answer and view.is_answerable(now()):
        return [_evidence_card(view, form or EvidenceForm(initial=_initial(request, view)))]
    said = [Pair(FIELDS[name], Text(text)) for name, text in view.draft.items()]
    if said:
        return [Card([KeyValues(said)], title=_("Provas"))]
    return [Card([Text(_("Não há o que responder."))])]


def _initial(request: Request, view: DisputeView) -> dict[str, Any]:
    """What was typed stands; what was not is filled in by what the program knows."""
    if view.drafted_at:
        return dict(view.draft)
    return dict(pack_of(view, reads_trail="audit:read" in request.permissions))


def _evidence_card(view: DisputeView, form: EvidenceForm) -> Card:
    actions: list[Content] = [
        Button(_("Enviar provas"), "send", "primary", name=SENDING, value="1"),
        Button(_("Salvar rascunho")),
        LinkButton(
            _("Aceitar a disputa"),
            reverse("workspace:dispute_accept", args=[view.id]),
            variant="ghost",
        ),
    ]
    ask = Form(
        reverse("workspace:dispute_draft", args=[view.id]),
        form_fields(form),
        actions,
        FormErrors(form) if form.errors else "",
    )
    return Card(
        [ask],
        title=_("Provas"),
        lead=_("Já vem com o que o programa sabe. Confira, complete e envie: só uma vez."),
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[: SHORT - 1]}…"


urlpatterns = [
    path("disputas/<uuid:dispute_id>/", dispute, name="dispute"),
    path("disputas/<uuid:dispute_id>/rascunho/", draft, name="dispute_draft"),
    path("disputas/<uuid:dispute_id>/enviar/", submit, name="dispute_submit"),
    path("disputas/<uuid:dispute_id>/aceitar/", accept, name="dispute_accept"),
]
