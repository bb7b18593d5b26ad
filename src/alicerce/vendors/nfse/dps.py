"""The DPS, layout 1.01: what a company declares of a service, in the order that the schema asks for."""

from dataclasses import dataclass
from datetime import date, datetime

from alicerce.vendors.nfse.signing import signed
from alicerce.vendors.nfse.writing import Node, cents, percent, some, written

VERSION = "1.01"
PROGRAM = "Alicerce"
CANCELLATION = "101101"
BY_PROVIDER = "1"
TAXABLE = "1"
MICRO_COMPANY = "3"
COMPANY, PERSON = "2", "1"
CNPJ_DIGITS = 14


@dataclass(frozen=True, slots=True)
class Provider:
    """Who did the service. `simples`: 1 no, 2 MEI, 3 micro or small company."""

    document: str
    city_code: str
    city_registration: str = ""
    simples: str = "1"
    simples_regime: str = ""
    special_regime: str = "0"


@dataclass(frozen=True, slots=True)
class Address:
    city_code: str
    postal_code: str
    street: str
    number: str
    district: str
    complement: str = ""


@dataclass(frozen=True, slots=True)
class Taker:
    """For whom."""

    name: str
    document: str
    city_registration: str = ""
    email: str = ""
    phone: str = ""
    address: Address | None = None


@dataclass(frozen=True, slots=True)
class Service:
    code: str
    description: str
    city_code: str
    city_service_code: str = ""
    nbs: str = ""


@dataclass(frozen=True, slots=True)
class Amounts:
    """Cents and millionths. A rate of None is not told: the city's own holds."""

    service: int
    iss_ppm: int | None = None
    iss_withheld: bool = False
    pis: tuple[int, int] | None = None  # rate and amount
    cofins: tuple[int, int] | None = None
    federal_withheld: bool = False
    federal_total: int = 0
    state_total: int = 0
    city_total: int = 0


@dataclass(frozen=True, slots=True)
class Replaced:
    """The note that this one takes the place of."""

    key: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dps:
    environment: str  # 1 production, 2 restricted
    series: str
    number: int
    issued_at: datetime
    competence: date
    provider: Provider
    taker: Taker
    service: Service
    amounts: Amounts
    replaces: Replaced | None = None

    @property
    def id(self) -> str:
        return dps_id(
            city_code=self.provider.city_code,
            document=self.provider.document,
            series=self.series,
            number=self.number,
        )


def dps_id(*, city_code: str, document: str, series: str, number: int) -> str:
    """The name of a DPS, the same whoever asks: city, kind of document, document, series, number."""
    kind = COMPANY if len(document) == CNPJ_DIGITS else PERSON
    return f"DPS{city_code:0>7}{kind}{document:0>14}{series:0>5}{number:015d}"


def signed_dps(dps: Dps, *, key_pem: str, cert_pem: str) -> str:
    element = written(("infDPS", _declared(dps)), Id=dps.id)
    return signed(
        root="DPS",
        version=VERSION,
        element=element,
        id_=dps.id,
        key_pem=key_pem,
        cert_pem=cert_pem,
    )


def signed_cancellation(
    *,
    environment: str,
    document: str,
    key: str,
    code: str,
    reason: str,
    at: datetime,
    key_pem: str,
    cert_pem: str,
) -> str:
    """Asks for a note to be cancelled: event e101101."""
    id_ = f"PRE{key}{CANCELLATION}"
    asked: list[Node] = [
        ("tpAmb", environment),
        ("verAplic", PROGRAM),
        ("dhEvento", at.isoformat(timespec="seconds")),
        (_named(document, "CNPJAutor", "CPFAutor"), document),
        ("chNFSe", key),
        (
            f"e{CANCELLATION}",
            [("xDesc", "Cancelamento de NFS-e"), ("cMotivo", code), ("xMotivo", reason)],
        ),
    ]
    element = written(("infPedReg", asked), Id=id_)
    return signed(
        root="pedRegEvento",
        version=VERSION,
        element=element,
        id_=id_,
        key_pem=key_pem,
        cert_pem=cert_pem,
    )


def _declared(dps: Dps) -> list[Node]:
    return [
        ("tpAmb", dps.environment),
        ("dhEmi", dps.issued_at.isoformat(timespec="seconds")),
        ("verAplic", PROGRAM),
        ("serie", dps.series),
        ("nDPS", str(dps.number)),
        ("dCompet", dps.competence.isoformat()),
        ("tpEmit", BY_PROVIDER),
        ("cLocEmi", dps.provider.city_code),
        _replaced(dps.replaces),
        ("prest", _provider(dps.provider)),
        ("toma", _taker(dps.taker)),
        ("serv", _service(dps.service)),
        ("valores", _amounts(dps)),
    ]


def _replaced(found: Replaced | None) -> Node:
    if found is None:
        return None
    inside = [("chSubstda", found.key), ("cMotivo", found.code), some("xMotivo", found.reason)]
    return ("subst", inside)


def _provider(found: Provider) -> list[Node]:
    """Name and address of who issues are theirs to know, and refused when told (E0121, E0128)."""
    regime: list[Node] = [
        ("opSimpNac", found.simples),
        some("regApTribSN", found.simples_regime if found.simples == MICRO_COMPANY else ""),
        ("regEspTrib", found.special_regime),
    ]
    return [
        (_named(found.document), found.document),
        some("IM", found.city_registration),
        ("regTrib", regime),
    ]


def _taker(found: Taker) -> list[Node]:
    return [
        (_named(found.document), found.document),
        some("IM", found.city_registration),
        ("xNome", found.name[:300]),
        _address(found.address),
        some("fone", found.phone),
        some("email", found.email[:80]),
    ]


def _address(found: Address | None) -> Node:
    if found is None:
        return None
    return (
        "end",
        [
            ("endNac", [("cMun", found.city_code), ("CEP", found.postal_code)]),
            ("xLgr", found.street),
            ("nro", found.number),
            some("xCpl", found.complement),
            ("xBairro", found.district),
        ],
    )


def _service(found: Service) -> list[Node]:
    coded: list[Node] = [
        ("cTribNac", found.code),
        some("cTribMun", found.city_service_code),
        ("xDescServ", found.description[:2000]),
        some("cNBS", found.nbs),
    ]
    return [("locPrest", [("cLocPrestacao", found.city_code)]), ("cServ", coded)]


def _amounts(dps: Dps) -> list[Node]:
    found, is_simples = dps.amounts, dps.provider.simples != "1"
    city: list[Node] = [
        ("tribISSQN", TAXABLE),
        ("tpRetISSQN", "2" if found.iss_withheld else "1"),
        _rate(found, is_simples=is_simples),
    ]
    taxes: list[Node] = [
        ("tribMun", city),
        _federal(found),
        ("totTrib", [_totals(found, is_simples=is_simples)]),
    ]
    return [("vServPrest", [("vServ", cents(found.service))]), ("trib", taxes)]


def _rate(found: Amounts, *, is_simples: bool) -> Node:
    """Who is in the Simples tells it only where the tax is withheld (E0625)."""
    if found.iss_ppm is None or (is_simples and not found.iss_withheld):
        return None
    return ("pAliq", percent(found.iss_ppm))


def _federal(found: Amounts) -> Node:
    if found.pis is None and found.cofins is None:
        return None
    pis, cofins = found.pis or (0, 0), found.cofins or (0, 0)
    own: list[Node] = [
        ("CST", "01"),
        ("vBCPisCofins", cents(found.service)),
        ("pAliqPis", percent(pis[0])),
        ("pAliqCofins", percent(cofins[0])),
        ("vPis", cents(pis[1])),
        ("vCofins", cents(cofins[1])),
        ("tpRetPisCofins", "1" if found.federal_withheld else "2"),
    ]
    return ("tribFed", [("piscofins", own)])


def _totals(found: Amounts, *, is_simples: bool) -> Node:
    whole = found.federal_total + found.state_total + found.city_total
    if is_simples:
        share = whole * 1_000_000 // found.service if found.service else 0
        return ("pTotTribSN", percent(share))
    if not whole:
        return ("indTotTrib", "0")
    sums: list[Node] = [
        ("vTotTribFed", cents(found.federal_total)),
        ("vTotTribEst", cents(found.state_total)),
        ("vTotTribMun", cents(found.city_total)),
    ]
    return ("vTotTrib", sums)


def _named(document: str, company: str = "CNPJ", person: str = "CPF") -> str:
    return company if len(document) == CNPJ_DIGITS else person
