"""What buyers agree to: the version in force, and writing the next one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alicerce.apps.catalog import permissions
from alicerce.apps.catalog.queries.terms import terms_versions
from alicerce.apps.catalog.services.publish_terms import publish_terms
from alicerce.apps.catalog.types import TermsVersion
from alicerce.apps.catalog.web import components as parts
from alicerce.apps.catalog.web.coupon_forms import TermsFields
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.formats import day
from alicerce.ui.forms import Form, FormErrors, form_fields
from alicerce.ui.layout import Card, Crumb, Fold
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import EmptyState
from alicerce.ui.texts import Text


@requires("workspace:enter")
@requires(permissions.READ)
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: Request) -> HttpResponse:
    versions = terms_versions()
    initial = {"body": versions[0].body} if versions else {}
    form = TermsFields(request.POST or None, initial=initial)
    if request.method == "POST":
        if permissions.WRITE not in request.permissions:
            raise PermissionDenied(permissions.WRITE)
        if form.is_valid() and _publish(request, form):
            return HttpResponseRedirect(reverse("workspace:terms"))
    may_write = permissions.WRITE in request.permissions
    return render_page(request, _page(versions, form if may_write else None))


def _publish(request: Request, form: TermsFields) -> bool:
    try:
        version = publish_terms(body=form.cleaned_data["body"], at=now())
    except Refused as refused:
        form.add_error("body", str(refused))
        return False
    words = _("A versão %(version)s está em vigor: os próximos pedidos aceitam esta.")
    messages.success(request, words % {"version": version})
    return True


def _page(versions: list[TermsVersion], form: TermsFields | None) -> Page:
    body: list[Content] = [parts.sections("terms")]
    if form is not None:
        body.append(_form(form))
    elif not versions:
        body.append(
            EmptyState(_("Nenhum termo publicado"), _("Quem pede não precisa aceitar nada."))
        )
    return Page(
        _("Termos de venda"),
        "workspace",
        [*body, *(_shown(version) for version in versions)],
        lead=_("Quem pede aceita a versão em vigor; o pedido guarda qual foi."),
        breadcrumbs=parts.trail(Crumb(_("Termos de venda"))),
        status=422 if form is not None and form.errors else 200,
    )


def _form(form: TermsFields) -> Card:
    errors = FormErrors(form) if form.errors else None
    publish = [Button(_("Publicar nova versão"), variant="primary")]
    return Card([Form("", form_fields(form), publish, errors or "")])


def _shown(version: TermsVersion) -> Fold:
    words = _("Versão %(version)s, de %(day)s")
    title = words % {"version": version.version, "day": day(version.published_at)}
    lines = [Text(line) for line in version.body.splitlines() if line.strip()]
    return Fold(title, lines, icon="file-text")


urlpatterns = [path("catalogo/termos/", terms, name="terms")]
