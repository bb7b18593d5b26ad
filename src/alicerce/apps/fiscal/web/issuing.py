"""As whom a company issues: its facts, and the certificate that signs."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from alicerce.apps.billing import public as billing
from alicerce.apps.fiscal import permissions
from alicerce.apps.fiscal.queries.documents import issuer
from alicerce.apps.fiscal.services.keep_issuer import look_at_certificate, require_sound
from alicerce.apps.fiscal.types import IssuerCard
from alicerce.apps.fiscal.web import approving
from alicerce.apps.fiscal.web import components as parts
from alicerce.apps.fiscal.web.forms import CertificateForm, IssuerForm
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.errors import Refused
from alicerce.ui.buttons import Button
from alicerce.ui.component import Content
from alicerce.ui.forms import Form, FormErrors, form_field, form_fields
from alicerce.ui.layout import Card, View, Views
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Note, Pair
from alicerce.ui.texts import TimeText


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def fiscal_issuer(request: Request) -> HttpResponseBase:
    whose = approving.whose(request)
    found = issuer(whose)
    form = IssuerForm(request.POST or None, initial=_initial(found, whose))
    if request.method == "POST" and form.is_valid():
        try:
            require_sound(spec=form.spec(found.spec if found else None), issuer_id=whose)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return approving.keep_typed(request, whose)
    return render_page(request, _page(request, whose, form, CertificateForm()))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def fiscal_certificate(request: Request) -> HttpResponseBase:
    whose = approving.whose(request)
    form = CertificateForm(request.POST, request.FILES)
    if form.is_valid():
        content, password = form.cleaned_data["certificate"], form.cleaned_data["password"]
        try:
            look_at_certificate(content=content, password=password, at=now(), issuer_id=whose)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return approving.keep_sealed(request, whose, content=content, password=password)
    facts = IssuerForm(initial=_initial(issuer(whose), whose))
    return render_page(request, _page(request, whose, facts, form))


def _initial(found: IssuerCard | None, whose: UUID | None) -> dict[str, object]:
    if found is None:
        return _first(whose)
    spec = found.spec
    names = (*IssuerForm.base_fields,)
    return {name: getattr(spec, name) for name in names}


def _first(whose: UUID | None) -> dict[str, object]:
    if whose is None:
        return {"document": tenancy.tenant_card().document}
    card = billing.issuer(whose)
    return {"document": card.document, "city_registration": card.city_registration}


def _page(
    request: Request, whose: UUID | None, form: IssuerForm, upload: CertificateForm
) -> Page:
    found = issuer(whose)
    wrong = bool(form.errors or upload.errors)
    ask = Form(
        approving.issuer_url(whose),
        [form_field(bound, span=3) for bound in form],
        [Button(_("Salvar emissor"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Emissor de notas"),
        "workspace",
        [
            parts.views(request, "fiscal_issuer"),
            *_others(whose),
            *_missing(found),
            Card([ask], title=_("Quem emite")),
            *([_certificate(found, upload, whose)] if found else []),
        ],
        lead=_("NFS-e do padrão nacional, assinada com o certificado da empresa."),
        status=422 if wrong else 200,
    )


def _others(whose: UUID | None) -> list[Content]:
    """Each issuer of the company declares as itself, where there are several."""
    found = billing.issuers()
    if len(found) == 1:
        return []
    shown = [
        View(
            one.legal_name,
            approving.issuer_url(None if one.is_own else one.id),
            current=one.id == whose or (one.is_own and whose is None),
        )
        for one in found
    ]
    return [Views(shown, _("Emissores"))]


def _missing(found: IssuerCard | None) -> list[Content]:
    if found and found.certificate_until and found.certificate_until <= now():
        return [Note("bad", _("O certificado venceu: nenhuma nota sai até haver outro."))]
    if found and not found.has_certificate:
        return [Note("warn", _("Falta o certificado: sem ele nenhuma nota é pedida."))]
    return []


def _certificate(found: IssuerCard, upload: CertificateForm, whose: UUID | None) -> Card:
    shown: list[Content] = []
    if found.certificate_until:
        shown.append(
            KeyValues(
                [
                    Pair(_("Certificado"), found.certificate_name),
                    Pair(_("Vale até"), TimeText(found.certificate_until, "date")),
                ]
            )
        )
    shown.append(
        Form(
            approving.issuer_url(whose, "fiscal_certificate"),
            form_fields(upload),
            [Button(_("Guardar certificado"))],
            FormErrors(upload) if upload.errors else "",
            files=True,
        )
    )
    return Card(shown, title=_("Certificado A1"))


urlpatterns = [
    path("financeiro/notas/emissor/", fiscal_issuer, name="fiscal_issuer"),
    path(
        "financeiro/notas/emissor/certificado/", fiscal_certificate, name="fiscal_certificate"
    ),
    *approving.urlpatterns,
]
