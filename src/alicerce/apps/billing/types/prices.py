"""How quantities are priced. Plain Python."""

from enum import StrEnum


class Scheme(StrEnum):
    """How a quantity is priced."""

    FLAT = "flat"  # every unit costs the same
    GRADUATED = "graduated"  # each unit costs what its own tier says
    VOLUME = "volume"  # every unit costs what the tier of the whole quantity says
    PACKAGE = "package"  # a package that is begun is paid whole
