"""The kernel as a Django app: only so that its plumbing (roles, queue, triggers) can be migrated."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "alicerce.kernel"
    label = "kernel"

    def ready(self) -> None:
        from django.core.checks import register

        from alicerce.kernel.jobs import discover
        from alicerce.kernel.route_checks import TAG, check_routes

        discover()  # whoever publishes has to know who listens
        register(check_routes, TAG)
