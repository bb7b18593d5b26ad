"""The ladder: read, edited, and tried before it is saved."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.dunning import permissions
from alicerce.apps.dunning.errors import NoSuchLadder
from alicerce.apps.dunning.queries.futures import futures
from alicerce.apps.dunning.queries.ladders import ladder as card_of
from alicerce.apps.dunning.queries.ladders import ladders
from alicerce.apps.dunning.rules.ladders import flaws
from alicerce.apps.dunning.services import keep_ladder
from alicerce.apps.dunning.types import LadderCard, LadderSpec
from alicerce.apps.dunning.web import components as parts
from alicerce.apps.dunning.web.forms import StepForms, TermsForm, TryForm, steps_of, terms_of
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button, PostButton
from alicerce.ui.component import Content
from alicerce.ui.layout import Card, Section, View, Views
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState

ASKED = 422


@dataclass
class _Desk:
    """What lies on the table: the forms, what they say, and what came of trying it."""

    card: LadderCard
    terms: Any
    steps: Any
    trying: Any
    more: list[Content]
    status: int = 200


@requires("workspace:enter")
@requires(permissions.READ)
@require_http_methods(["GET", "POST"])
def ladder(request: Request, ladder_id: UUID | None = None) -> HttpResponse:
    card = _found(ladder_id)
    if request.method == "POST":
        return _typed(request, card)
    return _page(request, _fresh(card))


@requires("workspace:enter")
@requires(permissions.MANAGE)
@require_POST
def make_default(request: Request, ladder_id: UUID) -> HttpResponse:
    _found(ladder_id)
    keep_ladder.make_default(ladder_id=ladder_id, at=now())
    messages.success(request, _("Esta é a régua padrão agora, e já vale."))
    return HttpResponseRedirect(_url(ladder_id))


def _typed(request: Request, card: LadderCard) -> HttpResponse:
    if permissions.MANAGE not in request.permissions:
        raise PermissionDenied(permissions.MANAGE)
    desk = _Desk(
        card,
        TermsForm(request.POST),
        StepForms(request.POST, prefix="passo"),
        TryForm(request.POST),
        [],
    )
    if not (desk.terms.is_valid() & desk.steps.is_valid() & desk.trying.is_valid()):
        desk.status = ASKED
        return _page(request, desk)
    return _act(request, desk, _spec(desk), request.POST.get("fazer", ""))


def _spec(desk: _Desk) -> LadderSpec:
    rungs = tuple(form.rung() for form in desk.steps if form.is_kept)
    return LadderSpec(desk.terms.terms(), rungs)


def _act(request: Request, desk: _Desk, spec: LadderSpec, wanted: str) -> HttpResponse:
    """Try it or save it; a flawed one only comes back with what is wrong."""
    desk.steps = steps_of(spec)
    if wanted == "somar":
        return _page(request, desk)
    if found := flaws(spec):
        desk.more, desk.status = [parts.flaws_note(found)], ASKED
        return _page(request, desk)
    if wanted in {"salvar", "copiar"}:
        return _save(request, desk, spec, is_new=wanted == "copiar")
    desk.more = _try(desk, spec)
    return _page(request, desk)


def _save(request: Request, desk: _Desk, spec: LadderSpec, *, is_new: bool) -> HttpResponse:
    name = desk.terms.cleaned_data["name"]
    try:
        saved = (
            keep_ladder.add_ladder(name=name, spec=spec, at=now())
            if is_new
            else keep_ladder.save_ladder(ladder_id=desk.card.id, name=name, spec=spec, at=now())
        )
    except Refused as refused:
        messages.error(request, str(refused))
        desk.status = ASKED
        return _page(request, desk)
    messages.success(
        request, _("A régua foi salva, e vale para tudo o que ainda não aconteceu.")
    )
    return HttpResponseRedirect(_url(saved.id))


def _try(desk: _Desk, spec: LadderSpec) -> list[Content]:
    asked = desk.trying.cleaned_data
    found = futures(spec, who=asked["who"], due_on=asked["due_on"], at=now())
    if not found:
        nobody = EmptyState(
            _("Nada com este nome ou número"),
            _("Procure pelo número de uma fatura em aberto, ou por um cliente."),
            icon="search",
        )
        return [nobody]
    return [Section(_("Simulação"), [parts.future_card(each) for each in found])]


def _page(request: Request, desk: _Desk) -> HttpResponse:
    may_change = permissions.MANAGE in request.permissions
    body = (
        _form(desk)
        if may_change
        else parts.steps_table(desk.card.name, desk.card.spec.in_order)
    )
    page = Page(
        _("Régua de cobrança"),
        "workspace",
        [parts.views("dunning_ladder"), *_others(desk.card), *desk.more, body],
        lead=_("O que acontece com uma fatura que ninguém paga, e em que dia."),
        actions=_actions(desk.card) if may_change else [],
        status=desk.status,
    )
    return render_page(request, page)


def _form(desk: _Desk) -> Card:
    form = parts.ladder_form(
        desk.terms,
        desk.steps,
        desk.trying,
        errors=desk.status == ASKED,
    )
    lead = _("Versão %(version)s. O que já aconteceu não muda.") % {
        "version": desk.card.version
    }
    return Card([form], title=desk.card.name, lead=lead)


def _others(card: LadderCard) -> list[Content]:
    found = ladders()
    if len(found) == 1:
        return []
    shown = [View(_name(each), _url(each.id), current=each.id == card.id) for each in found]
    return [Views(shown, _("Réguas"))]


def _name(card: LadderCard) -> str:
    return _("%(name)s (padrão)") % {"name": card.name} if card.is_default else card.name


def _actions(card: LadderCard) -> list[Content]:
    if card.is_default or card.id is None:
        return []
    url = reverse("workspace:dunning_ladder_default", args=[card.id])
    return [PostButton(Button(_("Tornar padrão")), url)]


def _fresh(card: LadderCard) -> _Desk:
    return _Desk(card, TermsForm(initial=terms_of(card)), steps_of(card.spec), TryForm(), [])


def _found(ladder_id: UUID | None) -> LadderCard:
    try:
        return card_of(ladder_id)
    except NoSuchLadder:
        raise Http404 from None


def _url(ladder_id: UUID | None) -> str:
    if ladder_id is None:
        return reverse("workspace:dunning_ladder")
    return reverse("workspace:dunning_one_ladder", args=[ladder_id])


urlpatterns = [
    path("cobranca/regua/", ladder, name="dunning_ladder"),
    path("cobranca/regua/<uuid:ladder_id>/", ladder, name="dunning_one_ladder"),
    path(
        "cobranca/regua/<uuid:ladder_id>/padrao/", make_default, name="dunning_ladder_default"
    ),
]
