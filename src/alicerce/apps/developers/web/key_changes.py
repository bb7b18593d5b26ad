"""A key's secret is made, exchanged and taken back: each proven, seen once more, done."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.developers import permissions, queries
from alicerce.apps.developers.errors import NoSuchKey
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.services.retire_key import revoke_key, rotate_key
from alicerce.apps.developers.types import KeyView, Maker, MintedKey
from alicerce.apps.developers.web import components as parts
from alicerce.apps.developers.web.forms import DAYS, HOURS, KeyForm, RotationForm
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, kept, sensitive
from alicerce.ui.layout import Crumb
from alicerce.ui.page import Page, render_page

MAKE, ROTATE = "api_key.making_approved", "api_key.exchange_approved"
REVOKE = "api_key.revocation_approved"
AGAIN = "voltar"


def find(key_id: UUID) -> KeyView:
    try:
        return queries.key(key_id, at=now())
    except NoSuchKey:
        raise Http404 from None


def trail(*crumbs: Crumb) -> list[Crumb]:
    return [Crumb(_("Desenvolvedores"), reverse("workspace:api_keys")), *crumbs]


def _wanted(request: Request) -> KeyForm:
    """What was typed, held against what the person may do now."""
    form = KeyForm(kept(request, MAKE), held=request.permissions)
    if not form.is_valid():
        raise Http404
    return form


def _foresee_make(request: Request) -> Foreseen:
    form = _wanted(request)
    new = form.asked(at=now())
    return Foreseen(
        title=_("Criar chave"),
        facts=[
            (_("Nome"), new.name),
            (_("Modo"), parts.MODES[new.mode]),
            (_("Permissões"), " · ".join(sorted(map(queries.scope_words, new.scopes)))),
            (_("Validade"), dict(DAYS)[form.cleaned_data["days"]]),
            (_("Endereços permitidos"), ", ".join(new.networks) or _("Todos")),
        ],
        button=_("Criar chave"),
        entity="api_key",
        back=f"{reverse('workspace:api_key_new')}?{AGAIN}=1",
    )


@requires("workspace:enter")
@sensitive(MAKE, permission=permissions.WRITE, foresee=_foresee_make)
def api_key_make(request: Request) -> HttpResponseBase:
    try:
        new = _wanted(request).asked(at=now())
        minted = make_key(new=new, maker=_maker(request), at=now())
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(f"{reverse('workspace:api_key_new')}?{AGAIN}=1")
    return _revealed(request, minted)


def _foresee_exchange(request: Request, key_id: UUID) -> Foreseen:
    key, said = find(key_id), kept(request, ROTATE, about=key_id)
    return Foreseen(
        title=_("Trocar chave"),
        facts=[
            (_("Chave"), key.name),
            (_("A antiga ainda vale"), str(dict(HOURS)[said["hours"]])),
        ],
        button=_("Trocar chave"),
        entity="api_key",
        entity_id=key_id,
        back=parts.key_url(key_id),
    )


@requires("workspace:enter")
@sensitive(ROTATE, permission=permissions.WRITE, foresee=_foresee_exchange)
def api_key_exchange(request: Request, key_id: UUID) -> HttpResponseBase:
    form = RotationForm(kept(request, ROTATE, about=key_id))
    if not form.is_valid():
        raise Http404
    try:
        minted = rotate_key(
            key_id=key_id, maker=_maker(request), overlap=form.overlap, at=now()
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(parts.key_url(key_id))
    return _revealed(request, minted)


def _foresee_revocation(request: Request, key_id: UUID) -> Foreseen:
    begot = queries.live_with(key_id, at=now())
    return Foreseen(
        title=_("Revogar chave"),
        facts=[
            (_("Chave"), find(key_id).name),
            *([(_("Terminam com ela"), " · ".join(begot))] if begot else []),
            (
                _("Depois"),
                _("Quem a usa deixa de entrar em até um segundo. Não há volta."),
            ),
        ],
        button=_("Revogar chave"),
        entity="api_key",
        entity_id=key_id,
        back=parts.key_url(key_id),
    )


@requires("workspace:enter")
@sensitive(REVOKE, permission=permissions.WRITE, foresee=_foresee_revocation)
def api_key_revoke(request: Request, key_id: UUID) -> HttpResponseBase:
    revoke_key(key_id=find(key_id).id, at=now())
    return HttpResponseRedirect(parts.key_url(key_id))


def _maker(request: Request) -> Maker:
    assert request.user.pk is not None
    return Maker(request.user.pk, request.permissions)


def _revealed(request: Request, minted: MintedKey) -> HttpResponse:
    """Shown here and now: no address leads to it, and no cache keeps it."""
    page = Page(
        _("Chave criada"),
        "workspace",
        [parts.secret_card(minted)],
        breadcrumbs=trail(Crumb(_("Chave criada"))),
        width="narrow",
    )
    return render_page(request, page)


urlpatterns = [
    path("desenvolvedores/chaves/nova/confirmar/", api_key_make, name="api_key_make"),
    path(
        "desenvolvedores/chaves/<uuid:key_id>/trocar/confirmar/",
        api_key_exchange,
        name="api_key_exchange",
    ),
    path(
        "desenvolvedores/chaves/<uuid:key_id>/revogar/", api_key_revoke, name="api_key_revoke"
    ),
]
