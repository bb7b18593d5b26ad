"""Every provider, pretended on the loopback, and a page to press their buttons."""

from alicerce.project.simulators.program import main

__all__ = ["main"]
