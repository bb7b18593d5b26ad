"""What surrounds a page: brand, navigation, the person, the languages. All of it data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django.conf import settings
from django.utils.translation import get_language

from alicerce.ui.component import Content, Words
from alicerce.ui.icons import IconName

ShellName: TypeAlias = Literal["site", "client", "console", "workspace", "bare", "account"]


@dataclass(frozen=True)
class Brand:
    """Whose page it is. Colors come from the stylesheet at `stylesheet`."""

    name: str
    logo_url: str = ""
    stylesheet: str = "/marca.css"


@dataclass(frozen=True)
class NavItem:
    label: Words
    url: str
    icon: IconName
    current: bool = False
    count: int = 0
    hot: bool = False


@dataclass(frozen=True)
class NavGroup:
    items: Sequence[NavItem]
    title: Words = ""


@dataclass(frozen=True)
class Workplace:
    """A company the person may go to: by its address, or by choosing it with these fields."""

    name: str
    url: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    current: bool = False


@dataclass(frozen=True)
class Switch:
    """Where else the person works. `action` is asked to choose; `all_url` lists every company."""

    places: Sequence[Workplace]
    action: str = ""
    all_url: str = ""


@dataclass(frozen=True)
class Person:
    name: str
    detail: str = ""
    account_url: str = ""


@dataclass(frozen=True)
class Language:
    code: str
    name: str
    current: bool = False


def languages() -> list[Language]:
    """The languages of the interface, by the short code people know."""
    now = get_language()
    return [
        Language(code, code.partition("-")[0].upper(), current=code == now)
        for code, _ in settings.LANGUAGES
    ]


@dataclass(frozen=True)
class Shell:
    """`tabs` is the phone's bar; `scope` is the second line under the brand on the rail."""

    name: ShellName
    brand: Brand
    home_url: str
    groups: Sequence[NavGroup] = ()
    tabs: Sequence[NavItem] = ()
    person: Person | None = None
    sign_in_url: str = ""
    sign_out_url: str = ""
    language_url: str = ""
    search_url: str = ""
    languages: Sequence[Language] = ()
    scope: Words = ""
    switch: Switch | None = None
    banner: Content = ""
    time_zone: str = "America/Sao_Paulo"

    @property
    def template(self) -> str:
        return f"ui/shells/{self.name}.html"

    @property
    def items(self) -> list[NavItem]:
        return [item for group in self.groups for item in group.items]
