"""When a dead child is started again."""

from alicerce.project.embedded.program import Program
from alicerce.project.embedded.watch import Watch


class TestWatch:
    def test_waits_longer_each_time_but_not_for_ever(self):
        watch = Watch(Program("web", [], {}))
        delays = [watch.died(at=float(second)) for second in range(8)]
        assert delays == [1, 2, 4, 8, 16, 30, 30, 30]

    def test_forgets_failures_after_a_healthy_minute(self):
        watch = Watch(Program("web", [], {}))
        assert [watch.died(at=1), watch.died(at=2)] == [1, 2]
        watch.started(at=10)
        assert watch.died(at=70) == 1

    def test_is_due_when_its_delay_is_over(self):
        watch = Watch(Program("web", [], {}))
        watch.died(at=100)
        assert [watch.is_due(at=100.5), watch.is_due(at=101)] == [False, True]
        watch.started(at=101)
        assert not watch.is_due(at=200)
