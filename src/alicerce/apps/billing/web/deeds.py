"""A correction on a page: typed with its reason, proven, seen once more, done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alicerce.apps.billing import permissions
from alicerce.apps.billing.web.money_forms import DeedForm, Target
from alicerce.kernel.access import Request, requires
from alicerce.kernel.errors import Refused
from alicerce.kernel.permissions import Permission
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.buttons import Button, LinkButton
from alicerce.ui.component import Words
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import Note

Facts = Sequence[tuple[Words, Words]]
REASON, BACK = gettext_lazy("Motivo"), gettext_lazy("Voltar")


@dataclass(frozen=True)
class Deed:
    """One kind of correction, `of` what its address names. `find` answers with a page that is not there for what cannot be done."""

    name: str
    place: str
    of: str
    permission: Permission
    entity: str
    title: Words
    button: Words
    told: Words
    done: Words
    form: type[DeedForm]
    find: Callable[[UUID], Target]
    facts: Callable[[Any], Facts]
    perform: Callable[[Any], object]

    @property
    def action(self) -> str:
        return f"{self.name}.approved"


def addresses(deed: Deed) -> list[URLPattern]:
    """Where it is typed, and where it is done."""
    return [
        path(deed.place, _asking(deed), name=deed.name),
        path(f"{deed.place}confirmar/", _doing(deed), name=f"{deed.name}_confirm"),
    ]


def _asking(deed: Deed) -> Callable[..., HttpResponseBase]:
    @requires("workspace:enter")
    @requires(permissions.READ)
    @requires(deed.permission)
    @require_http_methods(["GET", "HEAD", "POST"])
    def ask(request: Request, /, **named: UUID) -> HttpResponse:
        thing_id = named[deed.of]
        target = deed.find(thing_id)
        said = {name: request.GET[name] for name in deed.form.told if name in request.GET}
        form = deed.form(request.POST or None, target=target, initial=said)
        if request.method == "POST" and form.is_valid():
            keep(request, deed.action, about=thing_id, typed=request.POST.dict())
            there = reverse(f"workspace:{deed.name}_confirm", kwargs=named)
            return HttpResponseRedirect(there)
        return render_page(request, _page(deed, target, form))

    ask.__name__ = deed.name
    return ask


def _doing(deed: Deed) -> Callable[..., HttpResponseBase]:
    def foresee(request: Request, /, **named: UUID) -> Foreseen:
        form = _typed(deed, request, named[deed.of])
        return Foreseen(
            title=deed.title,
            facts=[*deed.facts(form), (REASON, form.cleaned_data["reason"])],
            button=deed.button,
            entity=deed.entity,
            entity_id=named[deed.of],
            amount_cents=form.meant.cents,
            back=form.target.back,
        )

    @requires("workspace:enter")
    @requires(permissions.READ)
    @sensitive(deed.action, permission=deed.permission, foresee=foresee)
    def confirm(request: Request, /, **named: UUID) -> HttpResponseBase:
        form = _typed(deed, request, named[deed.of])
        try:
            deed.perform(form)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, str(deed.done))
        drop(request, deed.action)
        return HttpResponseRedirect(form.target.back)

    confirm.__name__ = f"{deed.name}_confirm"
    return confirm


def _typed(deed: Deed, request: Request, thing_id: UUID) -> DeedForm:
    """What was typed, held against what is there now."""
    typed = kept(request, deed.action, about=thing_id)
    form = deed.form(typed, target=deed.find(thing_id))
    if not form.is_valid():
        raise Http404
    return form


def _page(deed: Deed, target: Target, form: DeedForm) -> Page:
    ask = Form(
        "",
        form_fields(form),
        [Button(deed.button, variant="primary"), LinkButton(BACK, target.back)],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        deed.title,
        "workspace",
        [Note("info", deed.told), Card([ask])],
        lead=target.name,
        breadcrumbs=[Crumb(target.name, target.back), Crumb(deed.title)],
        width="narrow",
        status=422 if form.errors else 200,
    )
