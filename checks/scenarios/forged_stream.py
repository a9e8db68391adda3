"""A send stream as nobody's btrfs send makes it: it writes a file at a path of its own choice.

https://btrfs.readthedocs.io/en/latest/dev/dev-send-stream.html has the format. Arguments: the path, and what to call the
subvolume. To standard output.
"""

from __future__ import annotations

import struct
import sys
import uuid

# Commands and attributes of fs/btrfs/send.h.
SUBVOL, MKFILE, WRITE, END = 1, 3, 15, 21
UUID, CTRANSID, INO, PATH, OFFSET, DATA = 1, 2, 3, 15, 18, 19


def crc32c(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("<HH", kind, len(value)) + value


def command(kind: int, *attributes: bytes) -> bytes:
    data = b"".join(attributes)
    checksum = crc32c(struct.pack("<IHI", len(data), kind, 0) + data)
    return struct.pack("<IHI", len(data), kind, checksum) + data


def stream(path: str, name: str) -> bytes:
    number = struct.pack("<Q", 300)
    return b"".join(
        (
            b"btrfs-stream\0" + struct.pack("<I", 1),
            command(SUBVOL, attribute(PATH, name.encode()), attribute(UUID, uuid.uuid4().bytes), attribute(CTRANSID, number)),
            command(MKFILE, attribute(PATH, path.encode()), attribute(INO, number)),
            command(WRITE, attribute(PATH, path.encode()), attribute(OFFSET, bytes(8)), attribute(DATA, b"planted\n")),
            command(END),
        )
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(stream(*sys.argv[1:]))
