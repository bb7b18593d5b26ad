"""The bar over every page of an environment for tests."""

from dataclasses import dataclass

from alicerce.ui.component import Component, Content, Words


@dataclass(frozen=True)
class SandboxBar(Component):
    """That nothing here is real, what its clock reads, and the way to move it."""

    template = "ui/sandbox_bar.html"

    text: Words
    clock: Words
    reads_at: Content
    way: Content = ""
