"""As whom a company issues: its facts, and the certificate that signs."""

from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

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
from alicerce.ui.layout import Card
from alicerce.ui.page import Page, render_page
from alicerce.ui.panels import KeyValues, Note, Pair
from alicerce.ui.texts import TimeText


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def fiscal_issuer(request: Request) -> HttpResponseBase:
    found = issuer()
    form = IssuerForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            require_sound(spec=form.spec(found.spec if found else None))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return approving.keep_typed(request)
    return render_page(request, _page(request, found, form, CertificateForm()))


@requires("workspace:enter")
@requires(permissions.READ)
@requires(permissions.MANAGE)
@require_POST
def fiscal_certificate(request: Request) -> HttpResponseBase:
    found = issuer()
    form = CertificateForm(request.POST, request.FILES)
    if form.is_valid():
        content, password = form.cleaned_data["certificate"], form.cleaned_data["password"]
        try:
            look_at_certificate(content=content, password=password, at=now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return approving.keep_sealed(request, content=content, password=password)
    return render_page(
        request, _page(request, found, IssuerForm(initial=_initial(found)), form)
    )


def _initial(found: IssuerCard | None) -> dict[str, object]:
    if found is None:
        return {"document": tenancy.tenant_card().document}
    spec = found.spec
    names = (*IssuerForm.base_fields,)
    return {name: getattr(spec, name) for name in names}


def _page(
    request: Request, found: IssuerCard | None, form: IssuerForm, upload: CertificateForm
) -> Page:
    wrong = bool(form.errors or upload.errors)
    ask = Form(
        reverse("workspace:fiscal_issuer"),
        [form_field(bound, span=3) for bound in form],
        [Button(_("Salvar emissor"), variant="primary")],
        FormErrors(form) if form.errors else "",
    )
    return Page(
        _("Emissor de notas"),
        "workspace",
        [
            parts.views(request, "fiscal_issuer"),
            *_missing(found),
            Card([ask], title=_("Quem emite")),
            *([_certificate(found, upload)] if found else []),
        ],
        lead=_("NFS-e do padrão nacional, assinada com o certificado da empresa."),
        status=422 if wrong else 200,
    )


def _missing(found: IssuerCard | None) -> list[Content]:
    if found and found.certificate_until and found.certificate_until <= now():
        return [Note("bad", _("O certificado venceu: nenhuma nota sai até haver outro."))]
    if found and not found.has_certificate:
        return [Note("warn", _("Falta o certificado: sem ele nenhuma nota é pedida."))]
    return []


def _certificate(found: IssuerCard, upload: CertificateForm) -> Card:
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
            reverse("workspace:fiscal_certificate"),
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
