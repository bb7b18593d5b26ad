"""Who issues and what signs, proven and looked at once more before either changes.

A certificate waits sealed in the session: nobody who reads sessions reads a key.
"""

import json
from base64 import b64decode, b64encode
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

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

ISSUE, SIGN = "fiscal.issuer_approved", "fiscal.certificate_approved"
CHOICES: dict[str, dict[Any, Words]] = {
    "simples": {**SIMPLES},
    "simples_regime": {**REGIMES},
    "when": {**WHEN},
    "environment": {**ENVIRONMENTS},
}


def keep_typed(request: Request) -> HttpResponseBase:
    keep(request, ISSUE, typed=request.POST.dict())
    return HttpResponseRedirect(reverse("workspace:fiscal_issuer_confirm"))


def keep_sealed(request: Request, *, content: bytes, password: str) -> HttpResponseBase:
    both = json.dumps({"content": b64encode(content).decode(), "password": password})
    sealed = b64encode(encrypt(both.encode(), _place(request))).decode()
    keep(request, SIGN, typed={"sealed": sealed})
    return HttpResponseRedirect(reverse("workspace:fiscal_certificate_confirm"))


def _foresee_issuer(request: Request) -> Foreseen:
    found = issuer()
    return Foreseen(
        title=_("Salvar emissor"),
        facts=_changes(found.spec if found else None, _typed_issuer(request, found)),
        button=_("Salvar emissor"),
        entity="fiscal_issuer",
        back=reverse("workspace:fiscal_issuer"),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(ISSUE, permission=permissions.MANAGE, foresee=_foresee_issuer)
def issuer_confirm(request: Request) -> HttpResponseBase:
    spec = _typed_issuer(request, issuer())
    drop(request, ISSUE)
    try:
        save_issuer(spec=spec, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Emissor salvo. Vale para as próximas notas."))
    return HttpResponseRedirect(reverse("workspace:fiscal_issuer"))


def _foresee_certificate(request: Request) -> Foreseen:
    found, told = issuer(), _sealed_facts(request)
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
        back=reverse("workspace:fiscal_issuer"),
    )


@requires("workspace:enter")
@requires(permissions.READ)
@sensitive(SIGN, permission=permissions.MANAGE, foresee=_foresee_certificate)
def certificate_confirm(request: Request) -> HttpResponseBase:
    given = _unsealed(request)
    drop(request, SIGN)
    try:
        keep_certificate(**given, at=now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Certificado guardado. Só o emissor o lê."))
    return HttpResponseRedirect(reverse("workspace:fiscal_issuer"))


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
        return look_at_certificate(**_unsealed(request), at=now())
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
