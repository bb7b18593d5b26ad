"""When a dead child is started again."""

from alicerce.project.embedded.program import Program
from alicerce.project.embedded.watch import Watch


class TestWatch:
    def test_waits_longer_each_time_but_not_for_ever(self):
        watch = Watch(Program("web", [], {}))
        delays = [watch.died(at=second / 2) for second in range(8)]
        assert delays == [1, 2, 4, 8, 16, 30, 30, 30]

    def test_forgets_failures_of_a_child_that_lived(self):
        watch = Watch(Program("web", [], {}))
        assert [watch.died(at=1), watch.died(at=2)] == [1, 2]
        watch.started(at=10)
        assert watch.died(at=15) == 1

    def test_does_not_punish_one_that_works_and_is_killed_again_and_again(self):
        watch = Watch(Program("worker", [], {}))
        delays = []
        for second in range(0, 100, 10):
            watch.started(at=float(second))
            delays.append(watch.died(at=second + 6.0))
        assert set(delays) == {1}

    def test_is_due_when_its_delay_is_over(self):
        watch = Watch(Program("web", [], {}))
        watch.died(at=100)
        assert [watch.is_due(at=100.5), watch.is_due(at=101)] == [False, True]
        watch.started(at=101)
        assert not watch.is_due(at=200)
