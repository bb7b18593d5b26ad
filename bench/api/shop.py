"""A company with customers, and a key of its owner."""

from alicerce.apps.customers.models import Customer
from alicerce.apps.developers.services.make_key import make_key
from alicerce.apps.developers.types import SCOPES, Maker, NewKey
from alicerce.apps.identity import public as identity
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import RoleKey
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.db import transaction

CUSTOMERS = 2000


def open_shop() -> tuple[str, str]:
    """The company's id, and the secret of a key that may do everything."""
    tenant_id = tenancy.open_tenant(
        at=now(),
        slug="bench",
        hosts=("http://bench.example",),
        name="Bench",
        legal_name="Bench Ltda",
        document="11222333000181",
        city="Curitiba",
        alert_email="alertas@bench.example",
    )
    with acting(tenant_id=tenant_id):
        owner = identity.sign_up(email="dona@bench.example", name="Dona", locale="pt-br")
        tenancy.add_member(user_id=owner, role=RoleKey.OWNER, at=now())
        new = NewKey(name="Bench", scopes=frozenset(SCOPES))
        minted = make_key(new=new, maker=Maker(owner, frozenset(SCOPES)), at=now())
        with transaction():
            Customer.objects.bulk_create(
                Customer(
                    name=f"Cliente {n}",
                    email=f"cliente-{n}@example.com",
                    document=a_cpf(n),
                    document_kind="cpf",
                )
                for n in range(1, CUSTOMERS + 1)
            )
    return str(tenant_id), minted.secret


def a_cpf(seed: int) -> str:
    """A number whose check digits agree, another for each seed."""
    digits = [int(sign) for sign in f"{seed % 10**9:09d}"]
    for _ in range(2):
        weights = range(len(digits) + 1, 1, -1)
        total = sum(digit * weight for digit, weight in zip(digits, weights, strict=True))
        digits.append(total * 10 % 11 % 10)
    return "".join(map(str, digits))
