"""Migrations on many models without rendering most of them anew for each of their steps.

After every table, column, constraint and index Django renders the model and whatever is related to it
again. Here everything is related to the tenant, so that was nearly all models, hundreds of times: nine
tenths of the time a new database took. What is added takes nothing from anybody, so the rendered models
are told of it instead. What is altered, renamed or removed is Django's to do, as ever.
"""

from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED, Field


class StateInPlace(ProjectState):
    """Not a state of its own: the four methods that Django's takes from here."""

    _relations: Any

    def add_model(self, model_state: ModelState) -> None:
        """Nothing refers to it yet, so it is rendered alone; those it refers to hear of it by their names."""
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:
            self.resolve_model_relations(key)
        if "apps" in self.__dict__:  # rendered lazily, and maybe not yet
            self.apps.render_multiple([model_state])

    def add_field(
        self,
        app_label: str,
        model_name: str,
        name: str,
        field: "Field[Any, Any]",
        preserve_default: bool,  # noqa: FBT001 (the name and place are Django's)
    ) -> None:
        """The rendered class takes one more field, as it took its first."""
        key = app_label, model_name
        if not preserve_default:
            field = field.clone()
            field.default = NOT_PROVIDED
        self.models[key].fields[name] = field
        if self._relations is not None:
            self.resolve_model_field_relations(key, name, field)
        if "apps" in self.__dict__:
            self.apps.get_model(*key).add_to_class(name, field.clone())
            self.apps.clear_cache()

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
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(*key)._meta, option, list(values))


def tell_in_place() -> None:
    """Let Django's migrations take these four. Safe to repeat."""
    for name in ("add_model", "add_field", "_append_option", "_remove_option"):
        setattr(ProjectState, name, vars(StateInPlace)[name])
