"""The closed world of permissions: every key that some app declares, with its words and its place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Self

from django.apps import AppConfig, apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

KEY = re.compile(r"[a-z_]+:[a-z_]+")


class Permission(str):
    """A key, `noun:verb`, that also says what it allows in people's words."""

    __slots__ = ("label",)
    label: str | Promise

    def __new__(cls, key: str, label: str | Promise) -> Self:
        permission = super().__new__(cls, key)
        permission.label = label
        return permission


@dataclass(frozen=True, slots=True)
class Declared:
    """One permission of the program, and the app that declares it."""

    key: str
    label: str | Promise
    app: str
    app_name: str | Promise


@cache
def declared() -> Mapping[str, Declared]:
    """Every permission by its key, in the order of the apps."""
    found = [each for config in apps.get_app_configs() for each in _declared_by(config)]
    keys = [each.key for each in found]
    assert len(keys) == len(set(keys)), f"two apps declare one permission: {sorted(keys)}"
    return {each.key: each for each in found}


def _declared_by(config: AppConfig) -> Iterator[Declared]:
    if not (config.module and module_has_submodule(config.module, "permissions")):
        return
    for value in vars(import_module(f"{config.name}.permissions")).values():
        if isinstance(value, str) and KEY.fullmatch(value):
            label = getattr(value, "label", value)
            yield Declared(str(value), label, config.label, config.verbose_name)
