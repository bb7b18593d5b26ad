"""The kernel as a Django app: only so that its plumbing (roles, queue, triggers) can be migrated."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "alicerce.kernel"
    label = "kernel"

    def ready(self) -> None:
        from alicerce.kernel.jobs import discover

        discover()  # whoever publishes has to know who listens
