"""States of migrations know each constraint and index, and render nothing for it."""

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState, StateApps

BY_NAME = models.Index(fields=["name"], name="by_name")
POSITIVE = models.CheckConstraint(condition=models.Q(id__gt=0), name="positive")
KEY = "post", "parcel"


@pytest.fixture
def state():
    fields = [("id", models.AutoField(primary_key=True)), ("name", models.CharField())]
    state = ProjectState()
    state.add_model(ModelState("post", "Parcel", fields, {"indexes": [], "constraints": []}))
    return state


def told(state):
    rendered = state.apps.get_model(*KEY)._meta
    return [i.name for i in rendered.indexes], [c.name for c in rendered.constraints]


def test_what_is_added_and_removed_is_known_to_the_rendered_model(state):
    assert told(state) == ([], [])

    state.add_index(*KEY, BY_NAME)
    state.add_constraint(*KEY, POSITIVE)
    assert told(state) == (["by_name"], ["positive"])

    state.remove_index(*KEY, "by_name")
    state.remove_constraint(*KEY, "positive")
    assert told(state) == ([], [])
    assert state.models[KEY].options["indexes"] == []


def test_what_was_added_before_anything_is_rendered_is_rendered_with_the_rest(state):
    state.add_constraint(*KEY, POSITIVE)

    assert told(state) == ([], ["positive"])


def test_an_older_state_keeps_what_it_knew(state):
    before = state.clone()

    state.add_constraint(*KEY, POSITIVE)

    assert before.models[KEY].options["constraints"] == []


def test_nothing_is_rendered_anew(state, monkeypatch):
    told(state)
    monkeypatch.setattr(StateApps, "render_multiple", lambda *_: pytest.fail("rendered"))

    state.add_constraint(*KEY, POSITIVE)

    assert told(state) == ([], ["positive"])
