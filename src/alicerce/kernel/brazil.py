"""Brazilian documents, postal codes and domain names."""

import re
from dataclasses import dataclass

import idna

CPF_WEIGHTS = (range(10, 1, -1), range(11, 1, -1))
CNPJ_WEIGHTS = ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
BR_LABEL = re.compile(
    r"[a-z0-9àáâãçéêíóôõúü](?:[a-z0-9àáâãçéêíóôõúü-]{0,24}[a-z0-9àáâãçéêíóôõúü])"
)
HOST_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
PUNYCODE = re.compile(r"\bxn--[a-z0-9-]*[a-z0-9]\b")
MAX_DOMAIN = 253
FEWEST_LABELS, FEWEST_BR_LABELS = 2, 3


class BadDocument(ValueError):
    """Neither a CPF nor a CNPJ whose check digits agree."""


class BadDomain(ValueError):
    """Not a domain name that could be registered and hosted."""


@dataclass(frozen=True, slots=True)
class Document:
    """A taxpayer number, bare: 11 digits (CPF) or 14 characters (CNPJ, letters since July 2026)."""

    kind: str
    number: str

    def __str__(self) -> str:
        n = self.number
        if self.kind == "cpf":
            return f"{n[:3]}.{n[3:6]}.{n[6:9]}-{n[9:]}"
        return f"{n[:2]}.{n[2:5]}.{n[5:8]}/{n[8:12]}-{n[12:]}"


def document(text: str) -> Document:
    """The CPF or CNPJ in a text typed by a person. Raises BadDocument."""
    bare = re.sub(r"[\s./-]", "", text).upper()
    if is_cpf(bare):
        return Document("cpf", bare)
    if is_cnpj(bare):
        return Document("cnpj", bare)
    raise BadDocument(text)


def is_cpf(bare: str) -> bool:
    if not re.fullmatch(r"[0-9]{11}", bare) or len(set(bare)) == 1:
        return False
    digits = [int(d) for d in bare]
    return all(
        digits[9 + i] == (sum(map(_times, digits, weights)) * 10 % 11) % 10
        for i, weights in enumerate(CPF_WEIGHTS)
    )


def is_cnpj(bare: str) -> bool:
    """Whether the check digits agree; letters count as ASCII minus 48 (IN RFB 2.229/2024)."""
    if not CNPJ.fullmatch(bare) or len(set(bare)) == 1:
        return False
    values = [ord(c) - 48 for c in bare]
    return all(
        values[12 + i] == _modulo_11(sum(map(_times, values, weights)))
        for i, weights in enumerate(CNPJ_WEIGHTS)
    )


def normalize_domain(text: str) -> str:
    """The domain as DNS knows it: lower-case ASCII, accents in punycode. Raises BadDomain."""
    name = re.sub(r"^(https?://)?(www\.)?", "", text.strip().lower()).split("/")[0].rstrip(".")
    labels = name.split(".")
    if len(labels) < FEWEST_LABELS or (labels[-1] == "br" and not _is_br(labels)):
        raise BadDomain(text)
    try:
        ascii_name = idna.encode(name, uts46=True).decode()
    except idna.IDNAError as trouble:
        raise BadDomain(text) from trouble
    if len(ascii_name) > MAX_DOMAIN or not all(
        map(HOST_LABEL.fullmatch, ascii_name.split("."))
    ):
        raise BadDomain(text)
    if ascii_name.rpartition(".")[2].isdigit():
        raise BadDomain(text)
    return ascii_name


def display_domain(ascii_name: str) -> str:
    """The domain as people read it, accents included; what is no such label stays as it is."""
    return ".".join(map(_display_label, ascii_name.split(".")))


def display_domains(text: str) -> str:
    """A text that names domains, as people read them."""
    return PUNYCODE.sub(lambda found: _display_label(found[0]), text)


def _display_label(label: str) -> str:
    try:
        return idna.ulabel(label) if PUNYCODE.fullmatch(label) else label
    except idna.IDNAError:
        return label


def _is_br(labels: list[str]) -> bool:
    """Registro.br: the registrable name sits under a category, has 2–26 characters, and is not a number."""
    if len(labels) < FEWEST_BR_LABELS:
        return False
    own = labels[-3] if not labels[-3].startswith("xn--") else display_domain(labels[-3])
    return bool(BR_LABEL.fullmatch(own)) and not own.isdigit()


def _modulo_11(total: int) -> int:
    return -total % 11 % 10 if total % 11 > 1 else 0


def _times(a: int, b: int) -> int:
    return a * b
