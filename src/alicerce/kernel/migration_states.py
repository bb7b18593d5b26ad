"""Migrations on many models without rendering most of them anew for each constraint.

After every constraint and index Django renders the model and whatever is related to it again, as after
a change of fields. Here everything is related to the tenant, so that was nearly all models, hundreds of
times: two thirds of the time a new database took. Neither changes fields nor relations, so the rendered
model is told of it instead.
"""

from typing import Any

from django.db.migrations.state import ProjectState


class StateInPlace(ProjectState):
    """Not a state of its own: the two methods that Django's takes from here."""

    def _append_option(
        self, app_label: str, model_name: str, option_name: str, obj: Any
    ) -> None:
        known = self.models[app_label, model_name].options[option_name]
        _tell(self, (app_label, model_name), option_name, [*known, obj])

    def _remove_option(
        self, app_label: str, model_name: str, option_name: str, obj_name: str
    ) -> None:
        known = self.models[app_label, model_name].options[option_name]
        left = [obj for obj in known if obj.name != obj_name]
        _tell(self, (app_label, model_name), option_name, left)


def _tell(state: ProjectState, key: tuple[str, str], option: str, values: list[Any]) -> None:
    state.models[key].options[option] = values
    if "apps" in state.__dict__:  # rendered lazily, and maybe not yet
        setattr(state.apps.get_model(*key)._meta, option, list(values))


def tell_in_place() -> None:
    """Let Django's migrations take these two. Safe to repeat."""
    for name in ("_append_option", "_remove_option"):
        setattr(ProjectState, name, vars(StateInPlace)[name])
