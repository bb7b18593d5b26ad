"""Clients, as hosts have them: Brazilian for the most part, some with mistakes in what they typed."""

from dataclasses import dataclass, field
from random import Random

FIRST = (
    "Ana", "João", "Mônica", "Antônio", "Luíza", "Davi", "Conceição", "Sebastião", "Inês", "Caetano",
    "Íris", "Joaquim", "Zélia", "Fabrício", "Thaís", "Raimundo", "Lúcia", "Otávio", "Glória", "Hélio",
)  # fmt: skip
LAST = (
    "Araújo", "D'Ávila", "Gonçalves", "Muniz", "Sá", "Figueirêdo", "Brandão", "Peçanha", "Assunção",
    "Simões", "Vilaça", "Corrêa", "Aragão", "Quintão", "Leitão", "Magalhães",
)  # fmt: skip
TRADES = ("Padaria", "Ótica", "Advocacia", "Clínica", "Loja", "Estúdio", "Escola", "Auto Peças")
CITIES = (
    ("São Paulo", "SP", "01310100"), ("Recife", "PE", "50030230"), ("Curitiba", "PR", "80020290"),
    ("Fortaleza", "CE", "60060110"), ("Belo Horizonte", "MG", "30130005"), ("Maceió", "AL", "57020050"),
)  # fmt: skip
ODDITY = 50
"""One in so many has something that cannot be taken as it is."""
ODD_DOCUMENTS = {0: "", 1: "123.456.789-00"}
ODD_STREET, ABROAD = 2, 3
COMPANIES = (0, 1)
"""Two in five."""


@dataclass
class Client:
    id: int
    firstname: str
    lastname: str
    company: str
    email: str
    document: str
    city: tuple[str, str, str]
    street: str
    country: str
    pays: float
    """How likely they pay in time."""
    taxed: bool
    credit: int = 0
    status: str = "Active"
    contacts: list[str] = field(default_factory=list)


def clients(count: int, chance: Random) -> list[Client]:
    return [_client(number, chance) for number in range(1, count + 1)]


def _client(number: int, chance: Random) -> Client:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    is_company = chance.randrange(5) in COMPANIES
    odd = chance.randrange(ODDITY)
    document = _cnpj(number) if is_company else _cpf(number)
    return Client(
        number,
        first,
        last,
        f"{chance.choice(TRADES)} {last} & Filhos" if is_company else "",
        f"cliente{number}@exemplo{number % 97}.com.br",
        ODD_DOCUMENTS.get(odd, document),
        chance.choice(CITIES),
        f"Rua das Acácias, {chance.randrange(1, 3000)}" if odd != ODD_STREET else "",
        "PT" if odd == ABROAD else "BR",
        chance.choice((0.99, 0.95, 0.95, 0.7)),
        taxed=not chance.randrange(10),
        credit=chance.choice((0, 0, 0, 0, 0, 1990, 5000)),
        contacts=[f"financeiro{number}@exemplo.com.br"] if is_company else [],
    )


def _cpf(number: int) -> str:
    base = [int(digit) for digit in f"{number * 7919 % 10**9:09d}"]
    for length in (9, 10):
        total = sum(digit * (length + 1 - place) for place, digit in enumerate(base[:length]))
        base.append(total * 10 % 11 % 10)
    digits = "".join(map(str, base))
    return f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}"


def _cnpj(number: int) -> str:
    base = [int(digit) for digit in f"{number * 104729 % 10**8:08d}0001"]
    for weights in (
        (5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2),
        (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2),
    ):
        rest = sum(digit * weight for digit, weight in zip(base, weights, strict=True)) % 11
        base.append((11 - rest) % 11 if rest > 1 else 0)
    digits = "".join(map(str, base))
    return f"{digits[:2]}.{digits[2:5]}.{digits[5:8]}/{digits[8:12]}-{digits[12:]}"
