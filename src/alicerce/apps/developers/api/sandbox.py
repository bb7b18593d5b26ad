"""The endpoints about the sandbox: what time it is there, and what it sells."""

from dataclasses import asdict
from datetime import datetime
from typing import Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from alicerce.apps.developers import permissions
from alicerce.apps.developers.api.keys import admission_of
from alicerce.apps.developers.services.open_sandbox import refresh_sandbox
from alicerce.apps.tenancy import public as tenancy
from alicerce.kernel.access import Request, requires
from alicerce.kernel.clock import now, wall
from alicerce.kernel.context import acting
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints, Input, refusing

router = Endpoints(tags=["Test clock"])


class TestClockOut(Schema):
    """O relógio do ambiente de testes."""

    object: Literal["test_clock"] = "test_clock"
    reads_at: datetime = Field(description="Que horas são no ambiente de testes.")
    moving_to: datetime | None = Field(description="Para onde o relógio está indo, se estiver.")


class MoveIn(Input):
    """Para onde mandar o relógio."""

    to: AwareDatetime = Field(
        description="Uma data depois da atual, no máximo um ano adiante.",
        examples=["2027-03-01T12:00:00Z"],
    )


@router.get(
    "/test-clock",
    response=TestClockOut,
    operation_id="getTestClock",
    summary="Ver o relógio de testes",
)
@requires(permissions.SANDBOX)
def get_test_clock(request: Request) -> Answer:
    """Com uma chave real, é a hora do mundo: só o ambiente de testes tem relógio próprio."""
    return Answer(_clock())


@router.post(
    "/test-clock/advance",
    response={202: TestClockOut},
    operation_id="advanceTestClock",
    summary="Adiantar o relógio de testes",
)
@requires(permissions.SANDBOX)
@refusing(
    (409, "test_mode_only"),
    (409, "clock_moving"),
    (422, "clock_goes_forward"),
    (422, "clock_too_far"),
)
def advance_test_clock(request: Request, wanted: MoveIn) -> Answer:
    """Leva o ambiente de testes até a data, com o que vence em cada dia: faturas, lembretes, suspensões.

    O relógio anda em segundo plano e termina com o evento `sandbox_clock.arrived`.
    """
    tenancy.move_clock(to=wanted.to, at=now())
    return Answer(_clock(), status=202)


def _clock() -> dict[str, object]:
    clock = tenancy.sandbox_clock(at=now())
    return {"object": "test_clock", "reads_at": clock.reads_at, "moving_to": clock.until}


class TestCatalogOut(Schema):
    """Quantos planos do ambiente de testes mudaram para ficar como os da empresa."""

    object: Literal["test_catalog"] = "test_catalog"
    added: int = Field(description="Planos que ainda não estavam lá.")
    changed: int = Field(description="Planos que diziam ou custavam outra coisa.")
    hidden: int = Field(description="Planos que a empresa não vende mais.")
    coupons: int = Field(description="Cupons que vieram, mudaram ou acabaram.")


@router.post(
    "/test-catalog/refresh",
    response=TestCatalogOut,
    operation_id="refreshTestCatalog",
    summary="Renovar os planos do ambiente de testes",
)
@requires(permissions.SANDBOX)
@refusing((409, "no_sandbox"))
def refresh_test_catalog(request: Request) -> Answer:
    """Deixa os planos, preços, opções, cupons e termos do ambiente de testes como os da empresa agora.

    O que já foi vendido lá fica como foi vendido, e os planos criados lá continuam. Repetir não muda
    nada. Vale com uma chave de teste ou real.
    """
    with acting(tenant_id=admission_of(request).home_id):
        mirrored = refresh_sandbox(at=wall())
    return Answer({"object": "test_catalog", **asdict(mirrored)})
