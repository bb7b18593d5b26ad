"""`alicerce open-company`: the first company of an installation, and whoever runs it."""

import argparse
import os
from collections.abc import Sequence
from importlib import import_module

from alicerce.project.cli.console import say
from alicerce.project.cli.django_process import start_django
from alicerce.project.cli.parsing import parser_for
from alicerce.project.embedded.errors import CannotStart
from alicerce.project.settings.env import read_environment

ABOUT = """Open a company: a tenant with its address on the web and its first person.

With --platform it is the company that runs the installation, and the person is an operator who
sees every company under /admin/. Open that one first.

Prints a link by which the person chooses a password; it works once, for three days."""
EXAMPLES = """examples:
  alicerce open-company --platform --name "Minha Plataforma" --document 11.222.333/0001-81 \\
      --city Curitiba --person "Eva Lima" --email eva@plataforma.example
  alicerce open-company --name "Nuvem Sul" --document 12.ABC.345/01DE-35 --city Curitiba \\
      --host https://nuvemsul.example --person "Ana Moreira" --email ana@nuvemsul.example"""


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    start_django()
    link = _open(options)
    say(f"{options.name} is open. {options.person} chooses a password here:\n{link}")
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = parser_for("open-company", about=ABOUT, examples=EXAMPLES)
    parser.add_argument("--platform", action="store_true", help="it runs this installation")
    for name, meaning in (
        ("name", "name that customers read"),
        ("document", "CNPJ or CPF"),
        ("city", "city, as on its Pix codes"),
        ("person", "name of its first person"),
        ("email", "their e-mail, and where alerts go"),
    ):
        parser.add_argument(f"--{name}", required=True, help=meaning)
    parser.add_argument("--legal-name", help="registered name (default: the name)")
    parser.add_argument("--slug", help="short name for links (default: from the name)")
    parser.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="URL",
        help="address that leads to it; again for more (default: ALICERCE_BASE_URL)",
    )
    return parser.parse_args(arguments)


def _open(options: argparse.Namespace) -> str:
    companies = import_module("alicerce.project.companies")
    try:
        link: str = companies.open_company(
            name=options.name,
            document=options.document,
            city=options.city,
            legal_name=options.legal_name or options.name,
            slug=options.slug,
            hosts=tuple(options.host),
            base_url=read_environment(os.environ).base_url,
            person=options.person,
            email=options.email,
            is_platform=options.platform,
        )
    except companies.CannotOpen as refusal:
        raise CannotStart(str(refusal)) from refusal
    return link
