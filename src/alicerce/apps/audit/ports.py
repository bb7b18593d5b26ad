"""Who knows what the trail's codes are called: pages, which stand above those that ask for it."""

from collections.abc import Callable

action_readers: dict[str, Callable[[str], str]] = {}
