"""The company's signature over one element of a document (XML-DSig, enveloped, RSA with SHA-256)."""

import base64
import re
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from alicerce.vendors.nfse.opening import opened
from alicerce.vendors.nfse.writing import NAMESPACE

DSIG = "http://www.w3.org/2000/09/xmldsig#"
C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SIGNED_INFO = (
    '<SignedInfo{ns}><CanonicalizationMethod Algorithm="' + C14N + '"></CanonicalizationMethod>'
    '<SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></SignatureMethod>'
    '<Reference URI="#{id}"><Transforms>'
    '<Transform Algorithm="' + DSIG + 'enveloped-signature"></Transform>'
    '<Transform Algorithm="' + C14N + '"></Transform></Transforms>'
    '<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></DigestMethod>'
    "<DigestValue>{digest}</DigestValue></Reference></SignedInfo>"
)
CNPJ = re.compile(r"[0-9A-Z]{12}\d{2}")


class BadCertificate(ValueError):
    """Not a PKCS#12 file, another password, or no RSA key in it."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A company's certificate with its key, as PEM."""

    cert_pem: str = field(repr=False)
    key_pem: str = field(repr=False)
    name: str
    valid_until: datetime

    @property
    def document(self) -> str:
        """The CNPJ that ICP-Brasil writes after the company's name; empty where there is none."""
        found = CNPJ.search(self.name.rpartition(":")[2])
        return found.group() if found else ""


def open_pkcs12(content: bytes, password: str) -> Certificate:
    """Raises BadCertificate."""
    try:
        key_pem, cert_pem = opened(content, password)
        key = serialization.load_pem_private_key(key_pem, None)
        cert = x509.load_pem_x509_certificate(cert_pem)
    except ValueError:
        raise BadCertificate from None
    if not isinstance(key, RSAPrivateKey):
        raise BadCertificate
    names = cert.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Certificate(
        cert.public_bytes(serialization.Encoding.PEM).decode(),
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
        str(names[0].value) if names else "",
        cert.not_valid_after_utc,
    )


def signed(
    *, root: str, version: str, element: str, id_: str, key_pem: str, cert_pem: str
) -> str:
    """`root` around the element and its signature. The element is canonical, without a namespace yet."""
    name = element[1:].partition(" ")[0]
    apex = element.replace(f"<{name} ", f'<{name} xmlns="{NAMESPACE}" ', 1)
    digest = base64.b64encode(sha256(apex.encode()).digest()).decode()
    info = SIGNED_INFO.format(ns=f' xmlns="{DSIG}"', id=id_, digest=digest)
    key = serialization.load_pem_private_key(key_pem.encode(), None)
    assert isinstance(key, RSAPrivateKey)
    value = base64.b64encode(key.sign(info.encode(), PKCS1v15(), SHA256())).decode()
    inner = SIGNED_INFO.format(ns="", id=id_, digest=digest)
    signature = (
        f'<Signature xmlns="{DSIG}">{inner}<SignatureValue>{value}</SignatureValue>'
        f"<KeyInfo><X509Data><X509Certificate>{_der(cert_pem)}</X509Certificate></X509Data></KeyInfo>"
        "</Signature>"
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<{root} xmlns="{NAMESPACE}" versao="{version}">{element}{signature}</{root}>'


def is_signed(document: str, element: str) -> bool:
    """Whether the element is what was signed, by whoever's certificate is in the signature."""
    body = re.search(rf"<{element} .*</{element}>", document, re.DOTALL)
    info = re.search(r"<SignedInfo>.*</SignedInfo>", document, re.DOTALL)
    parts = {
        n: _between(document, n) for n in ("DigestValue", "SignatureValue", "X509Certificate")
    }
    if not body or not info or not all(parts.values()):
        return False
    apex = body.group().replace(f"<{element} ", f'<{element} xmlns="{NAMESPACE}" ', 1)
    if base64.b64encode(sha256(apex.encode()).digest()).decode() != parts["DigestValue"]:
        return False
    said = info.group().replace("<SignedInfo>", f'<SignedInfo xmlns="{DSIG}">', 1)
    key = x509.load_der_x509_certificate(
        base64.b64decode(parts["X509Certificate"])
    ).public_key()
    assert isinstance(key, RSAPublicKey)
    try:
        key.verify(
            base64.b64decode(parts["SignatureValue"]), said.encode(), PKCS1v15(), SHA256()
        )
    except InvalidSignature:
        return False
    return True


def _between(document: str, name: str) -> str:
    return document.partition(f"<{name}>")[2].partition(f"</{name}>")[0]


def _der(pem: str) -> str:
    cert = x509.load_pem_x509_certificate(pem.encode())
    return base64.b64encode(cert.public_bytes(serialization.Encoding.DER)).decode()
