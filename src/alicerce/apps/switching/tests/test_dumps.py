"""A dump is read as MariaDB would read it, in parts of any size, and a hostile one is refused."""

import gzip
import io
import struct
import zipfile
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alicerce.apps.switching.rules import dumps, files
from alicerce.apps.switching.rules.dumps import BadDump, Dump
from alicerce.apps.switching.rules.files import rows_of
from alicerce.apps.switching.rules.reading.values import cents, day, moment, reference_of
from alicerce.apps.switching.rules.tables import Place, digest_of, staged

HEAD = b"/*!40101 SET NAMES utf8mb4 */;\nCREATE TABLE `t` (\n  `id` int(10) COMMENT 'a;''b',\n  `x` text\n);\n"
CELLS = st.one_of(st.none(), st.integers(-(10**12), 10**12), st.text(max_size=12))


def quoted(cell, style):
    if cell is None:
        return "NULL"
    if isinstance(cell, int):
        return str(cell)
    if style == "hex" and cell:
        return "0x" + cell.encode().hex()
    doubled = cell.replace("\\", "\\\\").replace("'", "''" if style == "double" else "\\'")
    return "'" + doubled.replace("\n", "\\n").replace("\r", "\\r").replace("\x1a", "\\Z") + "'"


def expected(cell):
    return None if cell is None else str(cell).replace("\0", "")


def read(raw, size=65_536, wanted=("t",)):
    parts = (raw[place : place + size] for place in range(0, len(raw), size))
    rows, _ = rows_of(parts, wanted=frozenset(wanted))
    return [list(row.values.values()) for row in rows]


class TestADump:
    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6),
        st.sampled_from(["double", "backslash", "hex"]),
        st.integers(1, 50),
    )
    def test_gives_back_what_was_written_in_parts_of_any_size(self, rows, style, size):
        values = ",".join(f"({quoted(a, style)}, {quoted(b, style)})" for a, b in rows)
        raw = HEAD + b"INSERT INTO `t` VALUES " + values.encode() + b";\n-- end"

        assert read(raw, size) == [[expected(a), expected(b)] for a, b in rows]

    def test_passes_over_what_is_no_row_of_a_table_that_is_wanted(self):
        raw = (
            HEAD
            + b"# a note\nINSERT INTO `other` VALUES (1,'; INSERT INTO `t` VALUES (9,9);');\n"
            + b"LOCK TABLES `t` WRITE;\nINSERT IGNORE INTO `t` (`x`, `id`) VALUES ('b', 2);"
        )

        assert read(raw) == [["b", "2"]]

    def test_is_read_in_its_own_letters(self):
        raw = HEAD.replace(b"utf8mb4", b"latin1") + b"INSERT INTO `t` VALUES (1,'Jos\xe9');"

        assert read(raw) == [["1", "José"]]

    def test_says_when_it_was_taken(self):
        dump = Dump([b"-- Dump completed on 2026-11-30  3:00:00\n"], wanted=frozenset())

        assert (list(dump.rows()), dump.taken_on) == ([], "2026-11-30")

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            (HEAD + b"INSERT INTO `t` VALUES (1,'cut", "not_understood"),
            (HEAD + b"INSERT INTO `t` VALUES (1,sleep(9));", "not_understood"),
            (HEAD + b"INSERT INTO `t` VALUES (1);", "other_columns"),
            (b"INSERT INTO `t` VALUES (1);", "columns_unknown"),
            (b"/* for ever", "cut_short"),
            (b"SELECT 'for ever", "cut_short"),
            (gzip.compress(HEAD)[:-9], "cut_short"),
            (b"\x1f\x8b but no gzip at all", "not_understood"),
            (b"PK\x03\x04 but no archive", "not_understood"),
        ],
    )
    def test_is_refused_with_a_reason(self, raw, code):
        with pytest.raises(BadDump) as refused:
            read(raw)

        assert refused.value.code == code

    def test_that_swells_is_refused_before_it_fills_the_machine(self, monkeypatch):
        monkeypatch.setattr(files, "FREELY", 100_000)
        bomb = gzip.compress(HEAD + b" " * 9_000_000)

        with pytest.raises(BadDump, match="too_much_inside"):
            read(bomb)

    def test_with_a_row_without_end_is_refused(self, monkeypatch):
        monkeypatch.setattr(dumps, "LONGEST_ROW", 10_000)
        raw = HEAD + b"INSERT INTO `t` VALUES (1,'" + b"x" * 200_000

        with pytest.raises(BadDump, match="row_too_long"):
            read(raw, 1_000)

    @pytest.mark.parametrize(
        "raw",
        [
            b"CREATE TABLE `x` (" + b"\n" * 300_000 + b");\n" + HEAD,
            b"".join(
                gzip.compress(part, 1)
                for part in (
                    HEAD + b"INSERT INTO `t` VALUES (1,'" + b"a" * 1_000_000,
                    *[b"a"] * 1_000,
                    b"');",
                )
            ),
        ],
        ids=["empty lines", "many small members"],
    )
    def test_takes_time_that_grows_with_it_and_no_faster(self, raw):
        """These took minutes, and files of the size that is allowed would have taken days."""
        begun = process_time()

        read(raw)

        assert process_time() - begun < 3


class TestAnArchiveOfSpreadsheets:
    def archive(self, **tables):
        paper = io.BytesIO()
        with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as opened:
            for name, text in tables.items():
                opened.writestr(f"export/{name}.csv", text)
        return paper.getvalue()

    def test_is_read_like_a_dump(self):
        raw = self.archive(t='id,x\r\n1,"a, ""b"""\r\n2,NULL\r\n', other="id\n1\n")

        assert read(raw, 7) == [["1", 'a, "b"'], ["2", None]]

    def test_that_swells_is_refused(self, monkeypatch):
        monkeypatch.setattr(files, "FREELY", 100_000)
        raw = self.archive(t="id,x\n" + "1,\n" * 400_000)

        with pytest.raises(BadDump, match="too_much_inside"):
            read(raw)

    def test_counts_all_that_comes_out_of_it_wherever_it_was_packed(self, monkeypatch):
        """Forty tables that are one place of the archive."""
        monkeypatch.setattr(files, "FREELY", 10_000)
        monkeypatch.setattr(files, "MOST_TIMES", 3)
        raw = self.archive(t="id,x\n" + "1,\n" * 2_000)
        list_, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
        tail = bytearray(raw[end:])
        tail[8:16] = struct.pack("<HHL", 40, 40, 40 * (end - list_))
        overlapping = raw[:list_] + raw[list_:end] * 40 + bytes(tail)

        assert len(read(raw)) == 2_000
        with pytest.raises(BadDump, match="too_much_inside"):
            read(overlapping)

    def test_with_a_list_or_a_row_without_end_is_refused(self, monkeypatch):
        monkeypatch.setattr(dumps, "LONGEST_ROW", 10_000)
        monkeypatch.setattr(files, "LONGEST_ROW", 10_000)
        with pytest.raises(BadDump, match="too_much_inside"):
            read(self.archive(t="id,x\n") + b"PK\x01\x02" * 1_000)
        with pytest.raises(BadDump, match="row_too_long"):
            read(self.archive(t='"a\n",' * 5_000 + "x\n"))
        with pytest.raises(BadDump, match="row_too_long"):
            read(self.archive(t="a," * 600 + "x\n"))

    @pytest.mark.parametrize(
        ("place", "value"),
        [((6, 8), 1), ((8, 10), 99), ((8, 10), zipfile.ZIP_LZMA), ((None, 42), 77)],
        ids=["locked", "unknown packing", "another packing", "no such place"],
    )
    def test_that_cannot_be_opened_is_refused_and_not_tried_again(self, place, value):
        raw = bytearray(self.archive(t="id,x\n1,a\n"))
        first, second = place
        if first is not None:
            raw[first] = value
        raw[raw.index(b"PK\x01\x02") + second] = value

        for hostile in (bytes(raw), bytes(raw[:20] + raw[30:])):
            with pytest.raises(BadDump, match="not_understood"):
                read(hostile)


class TestACell:
    @pytest.mark.parametrize("said", ["1e30", "1e999999", "-9e999999", "1" * 40, "1e-9", "NaN"])
    def test_that_is_no_amount_refuses_its_row_and_not_the_book(self, said):
        assert cents(said) is None
        assert reference_of([_promotion(said)]).promotions[1].value <= 1

    @pytest.mark.parametrize("said", ["0000-00-00", "0001-01-01", "9999-12-31"])
    def test_that_is_no_day_to_count_from_is_none(self, said):
        assert (day(said), moment(f"{said} 00:00:00")) == (None, None)


def _promotion(value):
    return staged(dumps.Row("tblpromotions", {"id": "1", "code": "X", "value": value}))


class TestARowThatIsKept:
    def test_has_no_secret_in_it(self):
        columns = {"id": "7", "firstname": "A", "lastname": "B", "email": "a@b.example"}
        row = dumps.Row(
            "tblclients",
            {
                **columns,
                "currency": "1",
                "status": "Active",
                "password": "$2y$",
                "cardnum": "4",
            },
        )

        kept = staged(row)

        assert (kept.place, kept.source_id) == (Place.CLIENTS, 7)
        assert not {"password", "cardnum"} & kept.body.keys()
        assert kept.digest == digest_of(kept.body)

    def test_of_the_settings_is_one_of_a_few(self):
        kept = [
            staged(dumps.Row("tblconfiguration", {"setting": name, "value": "x"}))
            for name in ("SMTPPassword", "License", "CreateInvoiceDaysBefore")
        ]

        assert [bool(one) for one in kept] == [False, False, True]
