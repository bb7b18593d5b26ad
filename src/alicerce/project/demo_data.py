"""Demo data: a platform, a hosting company on it with plans, servers and ways to be paid."""

import secrets
from base64 import b64decode
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from alicerce.apps.billing.services.connect_gateway import connect_gateway
from alicerce.apps.billing.types import GatewayKind
from alicerce.apps.catalog import public as catalog
from alicerce.apps.catalog.types import ChoiceForm, Cycle, OptionForm, OptionKind
from alicerce.apps.fiscal.services.keep_issuer import keep_certificate, save_issuer
from alicerce.apps.fiscal.types import IssuerSpec
from alicerce.apps.hosting.services.register_server import ServerForm, register_server
from alicerce.apps.hosting.types import PRODUCT_KIND
from alicerce.apps.identity import public as identity
from alicerce.apps.identity.services.password_links import choose_password, password_link_path
from alicerce.apps.tenancy import public as tenancy
from alicerce.apps.tenancy.types import RoleKey
from alicerce.kernel.clock import now
from alicerce.kernel.context import acting
from alicerce.kernel.money import Money
from alicerce.project.addresses import platform_address

PLANS = (
    ("essencial", "Essencial", "Para o primeiro site", 2990, 1, 10),
    ("negocio", "Negócio", "Para quem vende pela internet", 5990, 10, 50),
    ("agencia", "Agência", "Para quem cuida de muitos sites", 14990, 100, 200),
)
EVERY_PLAN = ("E-mail no seu domínio", "Certificado SSL renovado sozinho", "Painel cPanel")
ANNUAL_MONTHS = 10
AUTOMATIC = {"agencia": "0001", "conta": "123456", "tipoConta": "CORRENTE"}
"""Where debits by Pix Automático go at the simulated PSP."""
"""What a year costs, in months."""

SignIn = dict[str, str]


def load(ready: dict[str, Any]) -> list[SignIn]:
    """Fill an empty database; who may sign in, with the passwords made for them."""
    at = now()
    _open_platform(at)
    host = _open_host(at)
    with acting(tenant_id=host, actor="system"):
        _publish_plans(ready, at)
        _register_servers(ready, at)
        _connect_gateways(ready, at)
        _name_issuer(ready, at)
        owner = _person("ana@nuvemsul.example", "Ana Moreira")
        tenancy.add_member(user_id=owner[0], role=RoleKey.OWNER, at=at)
        tenancy.pay_by_new_account(
            tenant_id=host,
            owner_id=owner[0],
            name="Nuvem Sul Hospedagem Ltda",
            billing_email="financeiro@nuvemsul.example",
            at=at,
        )
    return [
        {"who": "Operator", "email": OPERATOR, "password": _make_operator(at)},
        {"who": "Company owner", "email": "ana@nuvemsul.example", "password": owner[1]},
    ]


OPERATOR = "eva@alicerce.example"


def _open_platform(at: datetime) -> None:
    address = platform_address(settings.BASE_URL)
    tenancy.open_tenant(
        at=at,
        slug="alicerce",
        hosts=(address,) if address else (),
        name="Alicerce",
        legal_name="Alicerce Plataforma Ltda",
        document="11222333000181",
        city="São Paulo",
        alert_email=settings.ALERT_EMAIL or OPERATOR,
        is_root=True,
    )


def _open_host(at: datetime) -> UUID:
    base_url = settings.BASE_URL
    twin = base_url.replace("127.0.0.1", "localhost")
    return tenancy.open_tenant(
        at=at,
        slug="nuvemsul",
        hosts=(base_url,) if twin == base_url else (base_url, twin),
        name="Nuvem Sul",
        legal_name="Nuvem Sul Hospedagem Ltda",
        document="12345678000195",
        city="Curitiba",
        brand_color="#0b7a5c",
        alert_email="plantao@nuvemsul.example",
    )


def _make_operator(at: datetime) -> str:
    user_id, password = _person(OPERATOR, "Eva Lima")
    with acting(tenant_id=tenancy.root_tenant(), actor="system"):
        tenancy.add_member(user_id=user_id, role=RoleKey.OPERATOR, at=at)
    return password


def _person(email: str, name: str) -> tuple[UUID, str]:
    """A person with a random password, chosen as anybody chooses one: by their link."""
    user_id = identity.sign_up(email=email, name=name)
    password = secrets.token_urlsafe(12)
    uid, token = password_link_path(email=email).strip("/").split("/")[-2:]
    choose_password(uid=uid, token=token, password=password, at=now())
    return user_id, password


def _publish_plans(ready: dict[str, Any], at: datetime) -> None:
    packages = ready["whm"][0]["packages"]
    for position, (slug, name, summary, cents, sites, disk_gb) in enumerate(PLANS):
        catalog.publish_plan(
            new=catalog.NewPlan(
                product_kind=PRODUCT_KIND,
                product_name="Hospedagem",
                slug=slug,
                name=name,
                summary=summary,
                features=EVERY_PLAN,
                spec={"package": packages[position], "region": ""},
                prices={
                    Cycle.MONTHLY: Money(cents),
                    Cycle.ANNUAL: Money(cents * ANNUAL_MONTHS),
                },
                position=position,
                limits={"sites": sites, "disk_gb": disk_gb},
                options=(_extra_address(),),
            ),
            at=at,
        )


def _extra_address() -> OptionForm:
    """Something to add to a plan, so that there is one to see."""
    monthly = Money(1990)
    prices = {Cycle.MONTHLY: monthly, Cycle.ANNUAL: monthly * ANNUAL_MONTHS}
    return OptionForm(
        kind=OptionKind.SWITCH,
        name="Endereço IP só seu",
        choices=(ChoiceForm("Endereço IP só seu", prices),),
    )


def _register_servers(ready: dict[str, Any], at: datetime) -> None:
    for number, server in enumerate(ready["whm"], start=1):
        form = ServerForm(
            name=server["name"],
            hostname=server["hostname"],
            base_url=server["url"],
            username=server["username"],
            token=server["token"],
            ca_pem=server["ca_pem"],
            ip=f"192.0.2.{number}",
            nameservers=server["nameservers"],
            max_accounts=5000,
            max_concurrent=4,
            pool="Brasil",
            region="BR",
        )
        register_server(form=form, at=at)


def _name_issuer(ready: dict[str, Any], at: datetime) -> None:
    """The company issues notes of its own, when somebody asks for one."""
    nfse = ready["nfse"]
    spec = IssuerSpec(
        document="12345678000195",
        city_code="4106902",
        city_registration="987654",
        simples="3",
        simples_regime="1",
        service_code="010301",
        base_url=nfse["url"],
        ca_pem=nfse["ca_pem"],
    )
    save_issuer(spec=spec, at=at)
    keep_certificate(content=b64decode(nfse["certificate"]), password=nfse["password"], at=at)


def _connect_gateways(ready: dict[str, Any], at: datetime) -> None:
    pix, stripe = ready["pix"], ready["stripe"]
    connect_gateway(
        kind=GatewayKind.PIX,
        name="Pix",
        livemode=False,
        base_url=pix["url"],
        token_url=pix["token_url"],
        credentials={
            key: pix[key]
            for key in (
                "client_id",
                "client_secret",
                "client_cert_pem",
                "client_key_pem",
                "ca_pem",
            )
        },
        settings={"pix_key": pix["pix_key"], "automatic": AUTOMATIC},
        at=at,
    )
    connect_gateway(
        kind=GatewayKind.STRIPE,
        name="Cartão",
        livemode=False,
        base_url=stripe["url"],
        credentials={"secret_key": stripe["secret_key"]},
        settings={},
        at=at,
    )
