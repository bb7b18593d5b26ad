"""The kernel as a Django app: only so that its plumbing (roles, queue, triggers) can be migrated."""

from django.apps import AppConfig, apps


class KernelConfig(AppConfig):
    name = "alicerce.kernel"
    label = "kernel"

    def ready(self) -> None:
        import alicerce.kernel.lookups  # noqa: F401 - registers what it defines
        from alicerce.kernel.jobs import discover
        from alicerce.kernel.migration_states import tell_in_place

        tell_in_place()
        discover()  # whoever publishes has to know who listens
        if apps.is_installed("django.contrib.auth"):  # without people there are no pages either
            self._watch_routes()

    def _watch_routes(self) -> None:
        from django.core.checks import register

        from alicerce.kernel.route_checks import TAG, check_routes

        register(check_routes, TAG)
