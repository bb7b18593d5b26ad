"""Who issues and what signs, proven and looked at once more before either changes.

A certificate waits sealed in the session: nobody who reads sessions reads a key.
"""

import json
from base64 import b64decode, b64encode
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from alicerce.apps.billing import public as billing
from alicerce.apps.billing.errors import NoSuchIssuer
from alicerce.apps.fiscal import permissions
from alicerce.apps.fiscal.queries.documents import issuer
from alicerce.apps.fiscal.services.keep_issuer import (
    keep_certificate,
    look_at_certificate,
    save_issuer,
)
from alicerce.apps.fiscal.types import CertificateFacts, IssuerCard, IssuerSpec
from alicerce.apps.fiscal.web.forms import IssuerForm
from alicerce.apps.fiscal.web.words import ENVIRONMENTS, REGIMES, SIMPLES, WHEN
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now
from alicerce.kernel.context import current_tenant_id
from alicerce.kernel.crypto import CannotOpen, decrypt, encrypt
from alicerce.kernel.errors import Refused
from alicerce.kernel.sensitive import Foreseen, drop, keep, kept, sensitive
from alicerce.ui.component import Words
from alicerce.ui.formats import day, tax_id
from alicerce.ui.links import said_id

WHOSE = "emissor"
ISSUE, SIGN = "fiscal.issuer_approved", "fiscal.certificate_approved"
CHOICES: dict[str, dict[Any, Words]] = {
    "simples": {**SIMPLES},
    "simples_regime": {**REGIMES},
    "when": {**WHEN},
    "environment": {**ENVIRONMENTS},
}


def whose(request: Request) -> UUID | None:
    """Of which issuer the page is; None is the company itself."""
    said = said_id(request, WHOSE)
    if said is None or said == current_tenant_id():
        return None
    try:
        return billing.issuer(said).id
    except NoSuchIssuer:
        raise Http404 from None


def issuer_url(issuer_id: UUID | None, name: str = "fiscal_issuer") -> str:
    return reverse(f"workspace:{name}") + (f"?{WHOSE}={issuer_id}" if issuer_id else "")


def keep_typed(request: Request, issuer_id: UUID | None) -> HttpResponseBase:
    keep(request, ISSUE, typed={**request.POST.dict(), WHOSE: str(issuer_id or "")})
    return HttpResponseRedirect(reverse("workspace:fiscal_issuer_confirm"))


def keep_sealed(
    request: Request, issuer_id: UUID | None, *, content: bytes, password: str
) -> HttpResponseBase:
    both = json.dumps({"content": b64encode(content).decode(), "password": password})
    sealed = b64encode(encrypt(both.encode(), _place(request))).decode()
    keep(request, SIGN, typed={"sealed": sealed, WHOSE: str(issuer_id or "")})
    return HttpResponseRedirect(reverse("workspace:fiscal_certificate_confirm"))


def _foresee_issuer(request: Request) -> Foreseen:
    about = _kept_whose(request, ISSUE)
    found = issuer(about)
    return Foreseen(
        title=_("Salvar emissor"),
        facts=_changes(found.spec if found else None, _typed_issuer(request, found)),
        button=_("Salvar emissor"),
        entity="fiscal_issuer",
        back=issuer_url(about),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(ISSUE, permission=permissions.MANAGE, foresee=_foresee_issuer)
def issuer_confirm(request: Request) -> HttpResponseBase:
    about = _kept_whose(request, ISSUE)
    spec = _typed_issuer(request, issuer(about))
    drop(request, ISSUE)
    try:
        save_issuer(spec=spec, at=now(), issuer_id=about)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Emissor salvo. Vale para as próximas notas."))
    return HttpResponseRedirect(issuer_url(about))


def _foresee_certificate(request: Request) -> Foreseen:
    about = _kept_whose(request, SIGN)
    found, told = issuer(about), _sealed_facts(request)
    replaced: Words = _("Nenhum")
    if found and found.certificate_until:
        replaced = f"{found.certificate_name} · {day(found.certificate_until.date())}"
    return Foreseen(
        title=_("Guardar certificado"),
        facts=[
            (_("Certificado"), told.name),
            (_("Vale até"), day(told.valid_until.date())),
            (_("Impressão digital (SHA-256)"), told.fingerprint),
            (_("Certificado que sai"), replaced),
            (_("Daqui em diante"), _("As próximas notas são assinadas com este.")),
        ],
        button=_("Guardar certificado"),
        entity="fiscal_issuer",
        back=issuer_url(about),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(SIGN, permission=permissions.MANAGE, foresee=_foresee_certificate)
def certificate_confirm(request: Request) -> HttpResponseBase:
    given, about = _unsealed(request), _kept_whose(request, SIGN)
    drop(request, SIGN)
    try:
        keep_certificate(**given, at=now(), issuer_id=about)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Certificado guardado. Só o emissor o lê."))
    return HttpResponseRedirect(issuer_url(about))


def _kept_whose(request: Request, what: str) -> UUID | None:
    said = kept(request, what).get(WHOSE, "")
    return UUID(said) if said else None


def _typed_issuer(request: Request, found: IssuerCard | None) -> IssuerSpec:
    form = IssuerForm(kept(request, ISSUE))
    if not form.is_valid():
        raise Http404
    return form.spec(found.spec if found else None)


def _changes(before: IssuerSpec | None, after: IssuerSpec) -> list[tuple[Words, Words]]:
    """Every field; one that changes shows what it was, too."""
    facts: list[tuple[Words, Words]] = []
    for name, field in IssuerForm.base_fields.items():
        new, old = _said(name, after), _said(name, before) if before else ""
        facts.append((field.label or name, f"{old} → {new}" if before and old != new else new))
    return facts


def _said(name: str, spec: IssuerSpec) -> str:
    value = getattr(spec, name)
    if name == "document":
        return tax_id(value)
    if name == "base_url" and not value:
        return _("Oficial do ambiente")
    return str(CHOICES.get(name, {}).get(value, value)) or "—"


def _sealed_facts(request: Request) -> CertificateFacts:
    try:
        return look_at_certificate(
            **_unsealed(request), at=now(), issuer_id=_kept_whose(request, SIGN)
        )
    except Refused:
        raise Http404 from None


def _unsealed(request: Request) -> dict[str, Any]:
    try:
        opened = decrypt(b64decode(kept(request, SIGN)["sealed"]), _place(request))
    except CannotOpen:
        raise Http404 from None
    both = json.loads(opened)
    return {"content": b64decode(both["content"]), "password": both["password"]}


def _place(request: Request) -> bytes:
    return f"{current_tenant_id()}|session|{request.user.pk}|fiscal_certificate".encode()


urlpatterns = [
    path("financeiro/notas/emissor/confirmar/", issuer_confirm, name="fiscal_issuer_confirm"),
    path(
        "financeiro/notas/emissor/certificado/confirmar/",
        certificate_confirm,
        name="fiscal_certificate_confirm",
    ),
]
