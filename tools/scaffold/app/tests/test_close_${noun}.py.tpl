"""Closing a ${noun}."""

from datetime import UTC, datetime

import pytest

from alicerce.apps.${app}.errors import ${Noun}LabelTaken
from alicerce.apps.${app}.models import ${Noun}
from alicerce.apps.${app}.services import close_${noun}, open_${noun}

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


class TestClose${Noun}:
    def test_tells_once(self, tenant, published):
        ${noun}_id = open_${noun}(label="a", at=NOON)

        for _ in range(2):
            close_${noun}(${noun}_id=${noun}_id, at=NOON)

        assert [fact.name for fact in published] == ["${noun}.opened", "${noun}.closed"]

    def test_leaves_it_closed(self, tenant):
        ${noun}_id = open_${noun}(label="a", at=NOON)

        close_${noun}(${noun}_id=${noun}_id, at=NOON)

        assert not ${Noun}.objects.open().exists()


class TestOpen${Noun}:
    def test_refuses_a_label_in_use(self, tenant):
        open_${noun}(label="a", at=NOON)

        with pytest.raises(${Noun}LabelTaken):
            open_${noun}(label="a", at=NOON)
