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


def test_a_new_model_and_a_new_field_are_known_to_those_already_rendered(state):
    parcel = state.apps.get_model(*KEY)

    state.add_model(ModelState("post", "Stamp", [("id", models.AutoField(primary_key=True))]))
    stamp = models.ForeignKey("post.Stamp", models.CASCADE, null=True)
    state.add_field(*KEY, "stamp", stamp, preserve_default=True)

    known = state.apps.get_model("post", "stamp")
    assert state.apps.get_model(*KEY) is parcel
    assert parcel._meta.get_field("stamp").related_model is known
    assert [found.related_model for found in known._meta.related_objects] == [parcel]


def test_a_default_for_what_is_there_is_kept_only_when_asked_for(state):
    told(state)

    state.add_field(*KEY, "weight", models.IntegerField(default=1), preserve_default=False)

    assert state.models[KEY].fields["weight"].default is models.NOT_PROVIDED
    assert not state.apps.get_model(*KEY)._meta.get_field("weight").has_default()


def test_nothing_is_rendered_anew(state, monkeypatch):
    told(state)
    monkeypatch.setattr(StateApps, "render_multiple", lambda *_: pytest.fail("rendered"))

    state.add_constraint(*KEY, POSITIVE)

    assert told(state) == ([], ["positive"])
