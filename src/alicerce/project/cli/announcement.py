"""What `up` prints when everything answers."""

from alicerce.project.addresses import platform_address
from alicerce.project.cli.console import bold, dim, green
from alicerce.project.cli.demo_offer import sign_ins
from alicerce.project.cli.stack import Stack

PAGES = (
    ("Site and orders", "/"),
    ("Client area", "/area-do-cliente/"),
    ("Workspace", "/app/"),
    ("Operators", "/admin/"),
)
COLUMN = 18
EMAIL_COLUMN = 34


def announcement(*, stack: Stack) -> str:
    parts = [_addresses(stack), _people(stack), dim("  Ctrl-C stops everything.")]
    return "\n" + "\n\n".join(part for part in parts if part) + "\n"


def _addresses(stack: Stack) -> str:
    base = stack.environment.base_url.rstrip("/")
    rows = [(title, f"{base}{path}") for title, path in PAGES]
    platform = platform_address(base)
    if platform and sign_ins(folder=stack.folder):
        rows.append(("Platform", f"{platform}/empresas/"))
    if stack.with_simulators:
        control = f"http://127.0.0.1:{stack.environment.simulators_port}/"
        rows.append(("Simulators", control))
    lines = [f"  {title:<{COLUMN}}{address}" for title, address in rows]
    return "\n".join([f"  {bold(green('Alicerce is up'))}", "", *lines])


def _people(stack: Stack) -> str:
    people = sign_ins(folder=stack.folder)
    lines = [
        f"  {who['who']:<{COLUMN}}{who['email']:<{EMAIL_COLUMN}}{who['password']}"
        for who in people
    ]
    return "\n".join([f"  {bold('Demo sign-ins')}", *lines]) if lines else ""
