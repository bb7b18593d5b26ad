"""Why the API says no: one class per reason, told as RFC 9457 asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alicerce.kernel.errors import Refused

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent. The pointer is a JSON Pointer, or a parameter's name."""

    pointer: str
    code: str
    message: Words


class Problem(Exception):
    """An answer that is not what was asked for. The code is a promise; the words are not."""

    code: ClassVar[str]
    status: ClassVar[int]
    title: ClassVar[Words]

    def __init__(
        self,
        detail: Words = "",
        *,
        faults: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(self.code)
        self.detail = detail or self.title
        self.faults = faults
        self.headers = dict(headers or {})

    def body(self, *, request_id: str) -> dict[str, Any]:
        faults = [
            {"pointer": f.pointer, "code": f.code, "message": str(f.message)}
            for f in self.faults
        ]
        return {
            "type": f"/docs/erros/#{self.code}",
            "title": str(self.title),
            "status": self.status,
            "detail": str(self.detail),
            "code": self.code,
            "request_id": request_id,
            "errors": faults,
        }


class Declined(Problem):
    """A use case said no, in its own words and with its own code; of one thing of the body, where it is known."""

    def __init__(self, refused: Refused, *, pointer: str = "") -> None:
        self.code, self.status = refused.code, refused.status  # type: ignore[misc]
        self.title = refused.message  # type: ignore[misc]
        words = str(refused)
        super().__init__(words, faults=(Fault(pointer, self.code, words),) if pointer else ())


class Malformed(Problem):
    code = "malformed"
    status = 400
    title = _("O pedido não pôde ser lido: confira o JSON e os caracteres enviados.")


class UnknownVersion(Problem):
    code = "unknown_version"
    status = 400
    title = _("Esta versão da API não existe.")


class BadIdempotencyKey(Problem):
    code = "bad_idempotency_key"
    status = 400
    title = _("Idempotency-Key tem de 1 a 255 caracteres ASCII visíveis.")


class Unauthenticated(Problem):
    code = "unauthenticated"
    status = 401
    title = _("Envie uma chave válida no cabeçalho Authorization: Bearer.")


class KeyInAddress(Problem):
    code = "key_in_address"
    status = 401
    title = _(
        "Chaves não vão no endereço: ele fica em registros. Revogue esta chave e crie outra."
    )


class AddressNotAllowed(Problem):
    code = "address_not_allowed"
    status = 403
    title = _("Esta chave não pode ser usada a partir deste endereço IP.")


class CompanyClosed(Problem):
    code = "company_closed"
    status = 403
    title = _("A empresa desta chave não está em atividade.")


class CompanySuspended(Problem):
    code = "company_suspended"
    status = 403
    title = _("A empresa desta chave está suspensa. Quem trabalha nela lê o motivo em /app/.")


class CompanyReadOnly(Problem):
    code = "company_read_only"
    status = 403
    title = _(
        "A empresa está só para leitura: a conta de cobrança que paga por ela está em atraso ou suspensa."
    )


class CompanyLocked(Problem):
    code = "company_locked"
    status = 403
    title = _(
        "A empresa está fechada: a conta de cobrança que paga por ela está em atraso ou suspensa."
    )


class InsufficientScope(Problem):
    code = "insufficient_scope"
    status = 403
    title = _("Esta chave não tem a permissão necessária.")


class NotFound(Problem):
    code = "not_found"
    status = 404
    title = _("Não encontrado.")


class MethodNotAllowed(Problem):
    code = "method_not_allowed"
    status = 405
    title = _("Este endereço não aceita este método.")


class NotAcceptable(Problem):
    code = "not_acceptable"
    status = 406
    title = _("A API responde somente em application/json.")


class InFlight(Problem):
    code = "idempotency_in_flight"
    status = 409
    title = _("Um pedido com esta Idempotency-Key ainda está em andamento.")


class PreconditionFailed(Problem):
    code = "precondition_failed"
    status = 412
    title = _("Alguém mudou isto desde a sua leitura: leia de novo antes de alterar.")


class TooLarge(Problem):
    code = "too_large"
    status = 413
    title = _("O corpo do pedido é grande demais.")


class UnsupportedMediaType(Problem):
    code = "unsupported_media_type"
    status = 415
    title = _("Envie o corpo como application/json.")


class Invalid(Problem):
    code = "invalid"
    status = 422
    title = _("Alguns dados não são válidos.")


class KeyReused(Problem):
    code = "idempotency_key_reused"
    status = 422
    title = _("Esta Idempotency-Key já foi usada com outro conteúdo.")


class PreconditionRequired(Problem):
    code = "precondition_required"
    status = 428
    title = _("Envie em If-Match o ETag que você leu.")


class TooManyRequests(Problem):
    code = "rate_limited"
    status = 429
    title = _("Pedidos demais. Espere o tempo indicado em Retry-After.")


class Broken(Problem):
    code = "internal_error"
    status = 500
    title = _("Algo falhou do nosso lado. Informe o request_id ao suporte.")


class Away(Problem):
    code = "unavailable"
    status = 503
    title = _("O serviço volta em instantes. Tente de novo.")


def invalid(pointer: str, code: str, message: Words) -> Invalid:
    return Invalid(faults=(Fault(pointer, code, message),))


def known() -> list[type[Problem]]:
    """Every reason there is, in the order of their status."""
    found = [kind for kind in Problem.__subclasses__() if kind is not Declined]
    return sorted(found, key=lambda kind: kind.status)
