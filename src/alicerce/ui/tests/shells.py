"""A shell for tests: what surrounds a page when no surface is there."""

from alicerce.ui.shell import Brand, NavGroup, NavItem, Person, Shell, ShellName


def a_shell(name: ShellName = "client", **facts) -> Shell:
    known = {
        "brand": Brand("Nuvem <Sul>"),
        "home_url": "/",
        "groups": [NavGroup([NavItem("Início", "/", "house", current=True)])],
        "tabs": [NavItem("Início", "/", "house")],
        "person": Person("Renata Alves", "renata@example.com"),
        "sign_out_url": "/sair/",
    }
    return Shell(name=name, **{**known, **facts})


def client(request):
    return a_shell("client")


def console(request):
    return a_shell("console")


def site(request):
    return a_shell("site", person=None, sign_in_url="/entrar/")


def bare(request):
    return a_shell("bare", person=None)


SHELLS = {name: f"{__name__}.{name}" for name in ("client", "console", "site", "bare")}
