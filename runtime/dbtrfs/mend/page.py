"""A page of InnoDB as it lies on the disk: MySQL's storage/innobase/include/fil0types.h has the fields, and
buf/checksum.cc what makes it whole."""

from __future__ import annotations

from dataclasses import dataclass

# The polynomial of CRC-32C, bits reversed (RFC 3720, B.4).
POLYNOMIAL = 0x82F63B78


def _of_byte(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (POLYNOMIAL if byte & 1 else 0)
    return byte


TABLE = [_of_byte(byte) for byte in range(256)]


def crc32c(data: bytes) -> int:
    state = 0xFFFFFFFF
    for byte in data:
        state = (state >> 8) ^ TABLE[(state ^ byte) & 0xFF]
    return state ^ 0xFFFFFFFF


@dataclass(frozen=True)
class Page:
    data: bytes

    @property
    def number(self) -> int:
        return int.from_bytes(self.data[4:8], "big")

    @property
    def lsn(self) -> int:
        """The end of the last change in it."""
        return int.from_bytes(self.data[16:24], "big")

    @property
    def space(self) -> int:
        """The tablespace; ibdata1 is 0."""
        return int.from_bytes(self.data[34:38], "big")

    @property
    def is_whole(self) -> bool:
        """Both copies of its checksum are right, and it ends with the LSN that it begins with. Of the checksums of
        innodb_checksum_algorithm only crc32 counts, which is the default since MySQL 5.7."""
        data = self.data
        checksum = (crc32c(data[4:26]) ^ crc32c(data[38:-8])).to_bytes(4, "big")
        return data[:4] == checksum == data[-8:-4] and data[20:24] == data[-4:]
