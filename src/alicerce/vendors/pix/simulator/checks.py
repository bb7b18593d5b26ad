"""What the PSP accepts: the rules of the specification, each with its complaint."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from alicerce.kernel.brazil import is_cnpj, is_cpf
from alicerce.vendors.pix.simulator.problems import Violation
from alicerce.vendors.pix.valor import read_valor
from alicerce.vendors.pix.wire import REMOVED

TXID = re.compile(r"[a-zA-Z0-9]{26,35}")
REFUND_ID = re.compile(r"[a-zA-Z0-9]{1,35}")
REFUND_KINDS = {"ORIGINAL", "RETIRADA"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
MAX_PAGE = 1000
MAX_EXTRA = 50
MAX_DIGITS = 9
LENGTHS = {"solicitacaoPagador": 140, "nome": 200, "descricao": 140}
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def charge_violations(body: Any, *, key: str) -> list[Violation]:
    """What is wrong with the charge asked for."""
    if not isinstance(body, Mapping):
        return [Violation("cob", "não é um objeto")]
    absent = [Violation(f"cob.{name}", "ausente") for name in _absent(body)]
    return absent + revision_violations(body, key=key)


def revision_violations(body: Any, *, key: str) -> list[Violation]:
    """What is wrong with those fields that are there."""
    if not isinstance(body, Mapping):
        return [Violation("cob", "não é um objeto")]
    return [
        *_calendar(body.get("calendario", {})),
        *_amount(body.get("valor")),
        *_key(body.get("chave", key), key),
        *_debtor(body.get("devedor")),
        *_text("solicitacaoPagador", body.get("solicitacaoPagador", "")),
        *_extras(body.get("infoAdicionais", [])),
        *_status(body.get("status", REMOVED)),
    ]


def txid_violations(txid: str) -> list[Violation]:
    return [] if TXID.fullmatch(txid) else [Violation("cob.txid", "fora do padrão", txid)]


def refund_violations(refund_id: str, body: Any) -> list[Violation]:
    """What is wrong with the refund asked for, before anybody looks at the payment."""
    if not isinstance(body, Mapping):
        return [Violation("devolucao", "não é um objeto")]
    found = []
    if not REFUND_ID.fullmatch(refund_id):
        found.append(Violation("devolucao.id", "fora do padrão", refund_id))
    if not _is_positive(body.get("valor")):
        found.append(Violation("devolucao.valor", "não respeita o padrão", body.get("valor")))
    if body.get("natureza", "ORIGINAL") not in REFUND_KINDS:
        found.append(Violation("devolucao.natureza", "desconhecida", body["natureza"]))
    found.extend(_text("descricao", body.get("descricao", "")))
    return found


def webhook_violations(body: Any) -> list[Violation]:
    """Real PSPs take https only; this one also calls its own machine."""
    url = body.get("webhookUrl") if isinstance(body, Mapping) else None
    try:
        parts = urlsplit(url if isinstance(url, str) else "")
        good = parts.hostname and (parts.scheme == "https" or _is_loopback(parts))
    except ValueError:
        good = False
    return [] if good else [Violation("webhook.webhookUrl", "não respeita o padrão", url)]


def period_violations(query: Mapping[str, str]) -> list[Violation]:
    found = [
        Violation(name, "não respeita a RFC 3339", query.get(name))
        for name in ("inicio", "fim")
        if not _is_rfc3339(query.get(name, ""))
    ]
    if not found and read_rfc3339(query["inicio"]) > read_rfc3339(query["fim"]):
        found.append(Violation("fim", "anterior ao início", query["fim"]))
    return found


def page_violations(query: Mapping[str, str]) -> list[Violation]:
    page = query.get("paginacao.paginaAtual", "0")
    size = query.get("paginacao.itensPorPagina", "100")
    found = []
    if not _is_number(page):
        found.append(Violation("paginacao.paginaAtual", "negativa", page))
    if not _is_number(size) or not 1 <= int(size) <= MAX_PAGE:
        found.append(Violation("paginacao.itensPorPagina", "fora dos limites", size))
    return found


def read_rfc3339(text: str) -> datetime:
    return datetime.fromisoformat(text.upper())


def _absent(body: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for name in ("calendario", "valor", "chave") if name not in body)
    if isinstance(body.get("valor"), Mapping) and "original" not in body["valor"]:
        yield "valor.original"


def _calendar(calendar: Any) -> Iterator[Violation]:
    seconds = calendar.get("expiracao", 1) if isinstance(calendar, Mapping) else None
    if type(seconds) is not int or not 1 <= seconds < 2**31:
        yield Violation("cob.calendario.expiracao", "não é um inteiro positivo", seconds)


def _amount(valor: Any) -> Iterator[Violation]:
    if valor is None:
        return
    original = valor.get("original", "0.01") if isinstance(valor, Mapping) else None
    if not _is_positive(original):
        yield Violation("cob.valor.original", "não respeita o padrão", original)


def _is_positive(valor: Any) -> bool:
    try:
        return read_valor(valor).cents > 0
    except ValueError:
        return False


def _key(found: Any, key: str) -> Iterator[Violation]:
    if found != key:
        yield Violation("cob.chave", "não pertence ao usuário recebedor", found)


def _debtor(debtor: Any) -> Iterator[Violation]:
    if debtor is None:
        return
    if not isinstance(debtor, Mapping) or ("cpf" in debtor) == ("cnpj" in debtor):
        yield Violation("cob.devedor", "exatamente um entre cpf e cnpj")
        return
    if "cpf" in debtor and not _passes(is_cpf, debtor["cpf"]):
        yield Violation("cob.devedor.cpf", "inválido", debtor["cpf"])
    if "cnpj" in debtor and not _passes(is_cnpj, debtor["cnpj"]):
        yield Violation("cob.devedor.cnpj", "inválido", debtor["cnpj"])
    if not debtor.get("nome"):
        yield Violation("cob.devedor.nome", "ausente")
    yield from _text("nome", debtor.get("nome", ""))


def _text(name: str, value: Any) -> Iterator[Violation]:
    if not isinstance(value, str) or len(value) > LENGTHS[name]:
        yield Violation(f"cob.{name}", f"excede {LENGTHS[name]} caracteres", value)


def _extras(extras: Any) -> Iterator[Violation]:
    good = isinstance(extras, list) and len(extras) <= MAX_EXTRA
    if not good or not all(
        isinstance(e, Mapping) and {"nome", "valor"} <= e.keys() for e in extras
    ):
        yield Violation("cob.infoAdicionais", "não respeita o schema")


def _status(status: Any) -> Iterator[Violation]:
    if status != REMOVED:
        yield Violation("cob.status", "não pode ser escolhido", status)


def _passes(check: Any, value: Any) -> bool:
    return isinstance(value, str) and check(value)


def _is_loopback(parts: Any) -> bool:
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS


def _is_rfc3339(text: str) -> bool:
    try:
        return bool(RFC3339.fullmatch(text)) and read_rfc3339(text).tzinfo is not None
    except ValueError:
        return False
