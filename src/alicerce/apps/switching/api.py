"""The endpoint about what comes from another program: how far it is, and how the two books compare."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from alicerce.apps.switching import permissions as may
from alicerce.apps.switching.queries import records
from alicerce.apps.switching.types import DumpStage
from alicerce.kernel.access import Request, requires
from alicerce.kernel.rest.answers import Answer
from alicerce.kernel.rest.routing import Endpoints

router = Endpoints(tags=["Switching"])


class ImportTableOut(Schema):
    """O que é de uma tabela do outro sistema."""

    table: str = Field(examples=["tblclients"])
    rows: int
    ok: int
    warned: int = Field(description="Vêm, com algo a dizer.")
    refused: int = Field(description="Não vêm.")


class ImportComparisonOut(Schema):
    """O que se cobraria aqui, comparado com o que se cobrou lá."""

    id: UUID
    until: date = Field(description="O último vencimento comparado.")
    matched: int = Field(description="Linhas iguais ao centavo.")
    explained: int
    unexplained: int = Field(description="Enquanto houver, a cobrança não passa para cá.")
    would_be_invoices: int


class SwitchingImportOut(Schema):
    """Uma cópia do banco de dados de outro sistema, e o que veio dela."""

    object: Literal["switching_import"]
    id: UUID
    filename: str
    state: DumpStage
    taken_on: date | None = Field(description="O dia em que a cópia foi tirada, se ela o diz.")
    created_at: datetime
    finished_at: datetime | None
    fault: str | None = Field(description="Por que falhou.")
    rows: int
    created: int
    updated: int
    unchanged: int
    kept: int = Field(description="Mudaram lá, e ficaram como alguém as deixou aqui.")
    tables: list[ImportTableOut]
    comparison: ImportComparisonOut | None


@router.get(
    "/switching/imports/{uuid:import_id}",
    response=SwitchingImportOut,
    operation_id="getSwitchingImport",
    summary="Mostrar uma importação de outro sistema",
)
@requires(may.READ)
def get_import(request: Request, import_id: UUID) -> Answer:
    """Quanto foi lido e trazido, tabela por tabela, e a comparação das cobranças."""
    return Answer(records.import_record(import_id))
