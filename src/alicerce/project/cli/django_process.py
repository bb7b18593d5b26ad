"""Commands that are Django processes: complete the environment, then load the apps."""

from alicerce.project.cli.environment import complete_environment
from alicerce.project.settings.env import Environment


def start_django() -> Environment:
    environment = complete_environment()
    import django

    django.setup()
    return environment
