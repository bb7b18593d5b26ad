"""What a simulator remembers."""

import threading

from alicerce.vendors.simulation.store import Store


class TestStore:
    def test_keeps_kinds_apart(self):
        store = Store()
        store.put("account", "ana", {"domain": "ana.com.br"})

        assert store.get("account", "ana") == {"domain": "ana.com.br"}
        assert store.get("domain", "ana") is None
        assert store.count("account") == 1

    def test_lists_in_the_order_of_arrival(self):
        store = Store()
        for key in ("c", "a", "b"):
            store.put("letter", key, key.upper())
        store.put("letter", "c", "again")

        assert store.all("letter") == {"c": "again", "a": "A", "b": "B"}
        assert list(store.latest("letter", limit=2)) == ["b", "a"]

    def test_forgets_what_is_deleted(self):
        store = Store()
        store.put("letter", "a", 1)
        store.delete("letter", "a")

        assert store.all("letter") == {}

    def test_remembers_what_a_killed_process_had_put(self, tmp_path):
        path = tmp_path / "state" / "whm.sqlite3"
        killed = Store(path)
        killed.put("account", "ana", 1)

        assert Store(path).get("account", "ana") == 1

    def test_takes_many_threads(self):
        store = Store()
        threads = [threading.Thread(target=store.put, args=("n", str(n), n)) for n in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert store.count("n") == 20
