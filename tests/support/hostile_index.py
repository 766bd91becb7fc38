"""Index folders as somebody else might hand them over (来路不明的索引): payloads, damage, links, what is not ours.

Whoever makes them knows the format and everything that the folder says; what he has not is the key of this machine.
"""

from __future__ import annotations

import os
import pickle
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from search.whoosh.folder import SEAL_FILE, IndexFolder, Seal

STRANGE_KEY = b"of another machine, 32 bytes ..."


class Payload:
    """Unpickled, it makes a file."""

    def __init__(self, proof: Path) -> None:
        self.proof = proof

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return os.open, (str(self.proof), os.O_CREAT)


def laden(data: bytes, proof: Path) -> bytes:
    """A file with the payload in the place of its pickles, or of all where it has none."""
    payload = pickle.dumps(Payload(proof), 2)
    written, free = data, len(data) + len(payload)
    for found in reversed(list(re.finditer(rb"\x80[\x02-\x05]", data))):
        if found.start() + len(payload) <= free:
            free = found.start()
            written = written[:free] + payload + written[free + len(payload) :]
    return written if written != data else payload


def seal_of(index: Path) -> Seal:
    """What an index says of itself."""
    return msgspec.json.decode((index / SEAL_FILE).read_bytes()[64:], type=Seal)


def loaded_and_sealed(index: Path, proof: Path, suffixes: Iterable[str] = ("",), key: bytes = STRANGE_KEY) -> None:
    """The payload in all files that end so, under a seal that is in order but for the key."""
    seal = seal_of(index)
    files = {name: (index / name).read_bytes() for name in seal.files}
    bad = {name: laden(data, proof) if name.endswith(tuple(suffixes)) else data for name, data in files.items()}
    IndexFolder(index, seal.made, lambda: key).write(bad, seal.generation)


Damage = Callable[[Path, Path, random.Random], None]
"""Does harm to an index folder; the second path is the file that a payload makes."""


def _file(index: Path, chance: random.Random) -> Path:
    return chance.choice(sorted(path for path in index.iterdir() if path.stat().st_size))


def a_flipped_bit(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def flipped_bytes(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    data = bytearray(path.read_bytes())
    for _ in range(16):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(data + b"\0" * chance.randrange(2))


def a_cut_file(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    os.truncate(path, chance.randrange(path.stat().st_size))


def a_file_that_is_gone(index: Path, proof: Path, chance: random.Random) -> None:
    _file(index, chance).unlink()


def files_that_changed_names(index: Path, proof: Path, chance: random.Random) -> None:
    one, other = chance.sample(sorted(index.iterdir()), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def a_payload_in_a_file(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    path.write_bytes(laden(path.read_bytes(), proof))


def payloads_under_a_strange_seal(index: Path, proof: Path, chance: random.Random) -> None:
    loaded_and_sealed(index, proof, [chance.choice(["", ".toc", ".trm", ".pst", ".col"])])


def payloads_beside_the_old_stamp(index: Path, proof: Path, chance: random.Random) -> None:
    """As Zeren's first form of an index was: a stamp that says whose it is, and nothing that proves it."""
    seal = seal_of(index)
    (index / SEAL_FILE).unlink()
    (index / "stamp.json").write_bytes(msgspec.json.encode({"format": "zeren-index", **msgspec.to_builtins(seal.made)}))
    for path in index.glob("*MAIN*"):
        path.write_bytes(laden(path.read_bytes(), proof))


def foreign_files(index: Path, proof: Path, chance: random.Random) -> None:
    (index / "_MAIN_999.toc").write_bytes(pickle.dumps(Payload(proof)))
    (index / "notes.txt").write_text("not ours")
    (index / "MAIN_x.trm").mkdir()


def a_link_out_of_the_folder(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    target = chance.choice(["/dev/zero", str(_moved_out(path)), str(index / "nothing"), str(path)])
    path.unlink(missing_ok=True)
    path.symlink_to(target)


def a_pipe(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    path.unlink()
    os.mkfifo(path)


def a_folder_for_a_file(index: Path, proof: Path, chance: random.Random) -> None:
    path = _file(index, chance)
    path.unlink()
    path.mkdir()


def a_link_for_the_folder(index: Path, proof: Path, chance: random.Random) -> None:
    elsewhere = _moved_out(index)
    (elsewhere / "MAIN_precious.txt").write_text("somebody's own")
    index.symlink_to(elsewhere)


def a_file_for_the_folder(index: Path, proof: Path, chance: random.Random) -> None:
    _moved_out(index)
    index.write_bytes(b"no folder")


def _moved_out(path: Path) -> Path:
    """Puts a thing out of the library and says where it is now."""
    place = outside(path)
    place.mkdir(exist_ok=True)
    return path.rename(place / path.name)


def outside(path: Path) -> Path:
    """A folder beside that of the library, which holds what was put out of it."""
    library = next(each for each in path.parents if each.name == "library")
    return library.with_name("outside")


DAMAGES: tuple[Damage, ...] = (
    a_flipped_bit, flipped_bytes, a_cut_file, a_file_that_is_gone, files_that_changed_names, a_payload_in_a_file,
    payloads_under_a_strange_seal, payloads_beside_the_old_stamp, foreign_files, a_link_out_of_the_folder, a_pipe,
    a_folder_for_a_file, a_link_for_the_folder, a_file_for_the_folder,
)  # fmt: skip
