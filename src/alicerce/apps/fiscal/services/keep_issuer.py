"""As whom documents are issued: facts, and the certificate that signs them."""

import re
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificates

from alicerce.apps.audit import public as audit
from alicerce.apps.billing import public as billing
from alicerce.apps.fiscal.errors import (
    CertificateExpired,
    CertificateOfAnother,
    CertificateRefused,
    IssuerNotSound,
    NoIssuer,
)
from alicerce.apps.fiscal.models import Issuer
from alicerce.apps.fiscal.ports import OpenedCertificate, certificates
from alicerce.apps.fiscal.types import CertificateFacts, IssuerSpec
from alicerce.apps.taxes import public as taxes
from alicerce.kernel.brazil import BadDocument
from alicerce.kernel.brazil import document as read_document
from alicerce.kernel.db import transaction

SHAPES = {
    "series": r"[1-9]\d{0,4}",
    "simples": r"[123]",
    "simples_regime": r"[123]?",
    "special_regime": r"[0-6]",
    "service_code": r"(\d{6})?",
    "nbs": r"(\d{9})?",
    "city_registration": r"[0-9A-Za-z]{0,15}",
}


@transaction()
def save_issuer(*, spec: IssuerSpec, at: datetime, issuer_id: UUID | None = None) -> None:
    """In place of what was there; of the company itself, or of another issuer of its own.

    Documents that have a number keep it. Raises IssuerNotSound, NoSuchIssuer.
    """
    require_sound(spec=spec, issuer_id=issuer_id)
    row = _held(issuer_id) or Issuer(issuer_id=issuer_id)
    row.adopt(spec)
    audit.record(
        action="fiscal.issuer_saved",
        entity="fiscal_issuer",
        entity_id=row.id,
        after={
            "document": spec.document,
            "series": spec.series,
            "when": spec.when.value,
            "environment": spec.environment.value,
        },
        at=at,
    )


@transaction()
def keep_certificate(
    *, content: bytes, password: str, at: datetime, issuer_id: UUID | None = None
) -> None:
    """Raises NoIssuer, CertificateRefused, CertificateExpired, CertificateOfAnother."""
    row = _held(issuer_id)
    if row is None:
        raise NoIssuer
    found = _opened(row, content, password, at=at)
    row.keep(
        cert_pem=found.cert_pem,
        key_pem=found.key_pem,
        name=found.name,
        until=found.valid_until,
    )
    audit.record(
        action="fiscal.certificate_kept",
        entity="fiscal_issuer",
        entity_id=row.id,
        after={"name": found.name, "valid_until": found.valid_until.isoformat()},
        at=at,
    )


def look_at_certificate(
    *, content: bytes, password: str, at: datetime, issuer_id: UUID | None = None
) -> CertificateFacts:
    """What would be kept. Raises NoIssuer, CertificateRefused, CertificateExpired, CertificateOfAnother."""
    row = Issuer.objects.of(issuer_id).first()
    if row is None:
        raise NoIssuer
    found = _opened(row, content, password, at=at)
    first = load_pem_x509_certificates(found.cert_pem.encode())[0]
    fingerprint = first.fingerprint(SHA256()).hex(":").upper()
    return CertificateFacts(found.name, found.valid_until, fingerprint)


def _opened(row: Issuer, content: bytes, password: str, *, at: datetime) -> OpenedCertificate:
    found = certificates["pkcs12"](content, password)
    if found is None:
        raise CertificateRefused
    if found.valid_until <= at:
        raise CertificateExpired
    if found.document and found.document[:8] != row.document[:8]:
        raise CertificateOfAnother
    return found


def _held(issuer_id: UUID | None) -> Issuer | None:
    rows = Issuer.objects.select_for_update(of=("self",)).of(issuer_id)
    found: Issuer | None = rows.first()
    return found


def require_sound(*, spec: IssuerSpec, issuer_id: UUID | None = None) -> None:
    """Another issuer declares under the number of its invoices. Raises IssuerNotSound, NoSuchIssuer."""
    if issuer_id and billing.issuer(issuer_id).document != spec.document:
        raise IssuerNotSound
    try:
        is_taxpayer = read_document(spec.document).number == spec.document
    except BadDocument:
        is_taxpayer = False
    fine = all(re.fullmatch(shape, getattr(spec, name)) for name, shape in SHAPES.items())
    if not (is_taxpayer and fine and taxes.state_of(spec.city_code)):
        raise IssuerNotSound
