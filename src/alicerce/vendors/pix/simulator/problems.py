"""The PSP's ways of saying no (RFC 7807, with the types of the Central Bank)."""

from dataclasses import dataclass

from starlette.responses import JSONResponse

TYPES = "https://pix.bcb.gov.br/api/v2/error/"


@dataclass(frozen=True, slots=True)
class Violation:
    where: str
    why: str
    value: object = None


class Problem(Exception):
    """An answer that is a refusal."""

    def __init__(self, kind: str, status: int, title: str, *violations: Violation) -> None:
        super().__init__(title)
        self.kind, self.status, self.title, self.violations = kind, status, title, violations

    def response(self) -> JSONResponse:
        said: dict[str, object] = {
            "type": TYPES + self.kind,
            "title": self.title,
            "status": self.status,
            "detail": self.title,
        }
        if self.violations:
            said["violacoes"] = [_violation(v) for v in self.violations]
        return JSONResponse(said, self.status, media_type="application/problem+json")


def denied(title: str = "Requisição de participante não autorizada.") -> Problem:
    return Problem("AcessoNegado", 403, title)


def unauthorized() -> Problem:
    return Problem("AcessoNegado", 401, "Token ausente, inválido ou vencido.")


def missing(kind: str = "NaoEncontrado") -> Problem:
    return Problem(kind, 404, "Entidade não encontrada.")


def invalid(kind: str, violations: list[Violation]) -> Problem:
    return Problem(kind, 400, "A requisição não respeita o schema.", *violations)


def too_many() -> Problem:
    return Problem("RequisicoesEmExcesso", 429, "Limite de requisições excedido.")


def broken() -> Problem:
    return Problem("ErroInternoDoServidor", 500, "Condição inesperada.")


def _violation(violation: Violation) -> dict[str, str]:
    return {
        "razao": violation.why,
        "propriedade": violation.where,
        "valor": "" if violation.value is None else str(violation.value),
    }
