import unittest
from dataclasses import replace

from dbtrfs.instances import Directory as Planned

from .attributes import compare_compression, compare_flags, compare_owner, compare_tables
from .directory import Directory, Entry, File
from .extents import Layout
from .inode import Attributes
from .plan import Database

DATA = "/var/lib/postgresql/17"
TABLE = f"{DATA}/base/5/16384"
PLAIN, NOCOW, ZSTD = Attributes(False, None), Attributes(True, None), Attributes(False, "zstd")
PLANNED = Planned(DATA, "data", "btrfs", False, None, "postgres", "postgres", "0750")
DATABASE = Database("orders", "postgresql", "17", "/var/lib/postgresql", DATA, [PLANNED], [], True, None, None)
FOUND = Directory("postgres", "postgres", 0o750, PLAIN, [Entry(f"{DATA}/base", "directory", 0, 0, PLAIN)], [])


def table(compressed: int, compressible: bool, path: str = TABLE) -> Directory:
    layout = Layout(extents=3, size=2 << 20, compressed=compressed, shared=0)
    return replace(FOUND, files=[File(path, PLAIN, layout, compressible)])


class Owners(unittest.TestCase):
    def found(self, directory: Directory, planned: Planned = PLANNED) -> list[str]:
        return [f.found for f in compare_owner(DATABASE, planned, directory)]

    def test_a_mode_and_an_owner(self) -> None:
        self.assertEqual(self.found(FOUND), [])
        self.assertEqual(self.found(replace(FOUND, mode=0o755)), ["mode 0755"])
        self.assertEqual(self.found(replace(FOUND, owner="root")), ["root:postgres"])

    def test_initdb_s_own_mode_counts_for_its_directory_alone(self) -> None:
        self.assertEqual(self.found(replace(FOUND, mode=0o700)), [])
        above = replace(PLANNED, path="/var/lib/postgresql")
        self.assertEqual(self.found(replace(FOUND, mode=0o700), above), ["mode 0700"])


class Flags(unittest.TestCase):
    def test_one_file_with_another_flag(self) -> None:
        stray = replace(FOUND, below=[*FOUND.below, Entry(TABLE, "file", 8192, 0, NOCOW)])
        (finding,) = compare_flags(DATABASE, PLANNED, stray)
        self.assertEqual((finding.subject, finding.found, finding.planned), (TABLE, "a NOCOW file", "copy-on-write"))

    def test_the_directory_itself(self) -> None:
        wanted = replace(PLANNED, no_cow=True)
        subjects = [f.subject for f in compare_flags(DATABASE, wanted, FOUND)]
        self.assertEqual(subjects, [DATA, f"{DATA}/base"])


    def test_a_whole_tree_is_not_listed(self) -> None:
        below = [Entry(f"{DATA}/{n}", "file", 8192, 0, NOCOW) for n in range(100)]
        findings = list(compare_flags(DATABASE, PLANNED, replace(FOUND, below=below)))
        self.assertEqual(len(findings), 6)
        self.assertEqual(findings[-1].subject, f"95 more in {DATA}")


class Compression(unittest.TestCase):
    def found(self, directory: Directory, compression: str | None) -> list[str]:
        planned = replace(PLANNED, compression=compression)
        findings = [*compare_compression(planned, directory), *compare_tables(DATABASE, planned, directory)]
        return [f"{f.subject}: {f.found}" for f in findings]

    def test_a_property_that_is_missing_or_not_planned(self) -> None:
        self.assertEqual(self.found(FOUND, None), [])
        self.assertEqual(self.found(FOUND, "zstd"), [f"{DATA}: no property", f"{DATA}/base: no property"])
        self.assertEqual(self.found(replace(FOUND, attributes=ZSTD, below=[]), None), [f"{DATA}: zstd"])

    def test_a_file_keeps_what_it_was_made_with(self) -> None:
        file = Entry(TABLE, "file", 1 << 20, 0, ZSTD)
        self.assertEqual(self.found(replace(FOUND, below=[file]), None), [])

    def test_a_table_that_should_be_compressed_and_is_not(self) -> None:
        directory = replace(table(0, True), attributes=ZSTD, below=[])
        self.assertEqual(self.found(directory, "zstd"), [f"{TABLE}: 0% compressed, and compressible"])

    def test_what_cannot_be_made_smaller_is_no_drift(self) -> None:
        self.assertEqual(self.found(replace(table(0, False), attributes=ZSTD, below=[]), "zstd"), [])

    def test_compression_that_is_not_planned(self) -> None:
        self.assertEqual(self.found(table(1 << 20, False), None), [f"{TABLE}: 50% compressed"])

    def test_the_log_is_no_table(self) -> None:
        segment = f"{DATA}/pg_wal/000000010000000000000001"
        self.assertEqual(self.found(replace(table(0, True, segment), attributes=ZSTD, below=[]), "zstd"), [])
