"""What may not wait behind everything else."""

import pytest

from alicerce.apps.billing import jobs  # noqa: F401 - registers the reactions
from alicerce.kernel.jobs import reactions


class TestMoney:
    @pytest.mark.parametrize(
        "name", ["billing.find_accounts_to_read", "billing.reconcile_account"]
    )
    def test_is_looked_for_also_while_the_queue_is_busy(self, name):
        assert reactions[name].queue != "bulk"
