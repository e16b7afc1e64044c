"""Networks in files: what is saved comes back to the bit, what is no such file is refused unharmed, and no half file
is left.
"""

import copy
import dataclasses
import io
import json
import os
import pickle
import random
import struct
import subprocess
import sys
import threading
import time
import tracemalloc
import warnings
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from support import draw

import bpcore
from bpcore import ACTIVATIONS, LOSSES, Activation, Network, leaky_relu, load, save

NETWORKS = {
    "default": Network((2, 4, 1)),
    "one layer": Network((3, 2), output="identity", loss="mse"),
    "mixed": Network((3, 5, 4, 2), hidden=["relu", "leaky_relu"], output="softmax", loss="cross_entropy"),
}


@pytest.fixture
def net():
    return NETWORKS["mixed"]


@pytest.fixture
def saved(tmp_path, net):
    """The path of a right file."""
    save(tmp_path / "net.npz", net, draw(net, 1)[0])
    return tmp_path / "net.npz"


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.longdouble])
@pytest.mark.parametrize("name", NETWORKS)
def test_round_trip_to_the_bit(tmp_path, name, dtype):
    net = NETWORKS[name]
    theta = draw(net, 1)[0].astype(dtype)
    theta[:3] = -0.0, np.finfo(np.float16).tiny / 4, 1 / 3
    assert save(tmp_path / "net.npz", net, theta) is None
    again, theta_again = load(tmp_path / "net.npz")
    assert theta_again.dtype == theta.dtype and theta_again.tobytes() == theta.tobytes()
    assert theta_again.flags.writeable and theta_again.flags.owndata or theta_again.base is not None
    assert again.sizes == net.sizes and again.loss is net.loss
    assert all(record is other for record, other in zip(again.activations, net.activations)) and len(
        again.activations
    ) == len(net.activations)
    assert repr(again) == repr(net)


def test_what_is_loaded_predicts_and_learns(tmp_path, net):
    theta, X, Y = draw(net, 5)
    save(tmp_path / "net", net, theta)
    again, theta_again = load(tmp_path / "net")
    assert np.array_equal(again.predict(theta_again, X), net.predict(theta, X))
    assert np.array_equal(again.grad(theta_again, X, Y), net.grad(theta, X, Y))
    theta_again *= 0.5


def test_strided_parameters(tmp_path, net):
    theta = np.repeat(draw(net, 1)[0], 2)
    save(tmp_path / "net", net, theta[::2])
    assert np.array_equal(load(tmp_path / "net")[1], theta[::2])


@pytest.mark.parametrize(
    "given, written",
    [("net", "net.npz"), ("net.npz", "net.npz"), ("net.txt", "net.txt.npz"), ("Netz für θ", "Netz für θ.npz")],
)
def test_the_ending_is_added_where_it_is_missing(tmp_path, net, given, written):
    theta = draw(net, 1)[0]
    save(str(tmp_path / given), net, theta)
    assert os.listdir(tmp_path) == [written]
    assert np.array_equal(load(str(tmp_path / given))[1], theta) and np.array_equal(load(tmp_path / written)[1], theta)


def test_a_path_without_a_folder(tmp_path, net, monkeypatch):
    monkeypatch.chdir(tmp_path)
    save("net", net, draw(net, 1)[0])
    assert os.listdir() == ["net.npz"] and load("net")[0].sizes == net.sizes


def test_numpy_reads_the_file_too(saved, net):
    with np.load(saved, allow_pickle=False) as file:
        assert set(file.files) == {"about", "theta"} and np.array_equal(file["theta"], draw(net, 1)[0])
        assert json.loads(file["about"].tobytes()) == {
            "format": "bpcore network 1",
            "sizes": [3, 5, 4, 2],
            "hidden": ["relu", "leaky_relu"],
            "output": "softmax",
            "loss": "cross_entropy",
        }


def test_a_file_of_an_earlier_save_is_replaced(saved, net):
    theta = draw(net, 1, seed=1)[0]
    save(saved, net, theta)
    assert np.array_equal(load(saved)[1], theta) and os.listdir(saved.parent) == ["net.npz"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes of this kind")
@pytest.mark.parametrize("umask, mode", [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_the_file_is_as_readable_as_any_other(tmp_path, net, umask, mode):
    before = os.umask(umask)
    try:
        save(tmp_path / "net", net, draw(net, 1)[0])
    finally:
        os.umask(before)
    assert (tmp_path / "net.npz").stat().st_mode & 0o777 == mode


# Written whole or not at all.


def fails(*args, **kwargs):
    raise OSError("no space left on the disk")


def fails_half_way(file, **arrays):
    file.write(b"PK\x03\x04 half a file")
    raise OSError("no space left on the disk")


def interrupted(*args, **kwargs):
    raise KeyboardInterrupt


FAILURES = [(np, "savez", fails_half_way), (np, "savez", interrupted), (os, "replace", fails), (os, "fsync", fails)]


@pytest.mark.parametrize("there_before", [True, False])
@pytest.mark.parametrize("module, name, failure", FAILURES, ids=["half-way", "interrupted", "replace", "fsync"])
def test_a_failed_save_leaves_what_was_there(tmp_path, net, monkeypatch, module, name, failure, there_before):
    if there_before:
        save(tmp_path / "net", net, draw(net, 1)[0])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    monkeypatch.setattr(module, name, failure)
    with pytest.raises(KeyboardInterrupt if failure is interrupted else OSError):
        save(tmp_path / "net", net, draw(net, 1, seed=1)[0])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_that_is_not_there_is_named(tmp_path, net):
    with pytest.raises(FileNotFoundError, match="nowhere'$"):
        save(tmp_path / "nowhere" / "net", net, draw(net, 1)[0])


def test_nothing_is_written_where_the_arguments_are_wrong(tmp_path, net):
    theta = draw(net, 1)[0]
    theta[3] = np.nan
    with pytest.raises(ValueError, match="theta has 1 entry that is NaN or infinite"):
        save(tmp_path / "net", net, theta)
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize(
    "own", [leaky_relu(0.3), Activation("relu", np.tanh, lambda z, a: 1 - a * a)], ids=["slope", "impostor"]
)
def test_a_record_that_load_could_not_find_is_refused(tmp_path, own):
    """A record under a known name that is another function would come back as that other function."""
    net = Network((2, 3, 1), hidden=own)
    with pytest.raises(
        ValueError, match=f"net uses a record '{own.name}' of its own".replace("(", r"\(").replace(")", r"\)")
    ):
        save(tmp_path / "net", net, net.init(0))
    assert not os.listdir(tmp_path)


def test_a_registered_record_comes_back(tmp_path, monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "own", leaky_relu(0.3).__class__("own", np.tanh, lambda z, a: 1 - a * a))
    monkeypatch.setitem(LOSSES, "own", LOSSES["mse"].__class__("own", LOSSES["mse"].value, LOSSES["mse"].slope))
    net = Network((2, 3, 1), hidden="own", loss="own")
    save(tmp_path / "net", net, net.init(0))
    assert load(tmp_path / "net")[0].activations[1] is ACTIVATIONS["own"]


@pytest.mark.parametrize(
    "twin",
    [copy.deepcopy, lambda net: Network(net.sizes, [leaky_relu(), leaky_relu(0.01)], net.activations[-1], net.loss)],
    ids=["deep copy", "made again"],
)
def test_twins_of_registered_records_are_saved(tmp_path, twin):
    net = twin(Network((3, 5, 4, 2), "leaky_relu", "softmax", "cross_entropy"))
    save(tmp_path / "net", net, net.init(0))
    assert load(tmp_path / "net")[0].activations[1] is ACTIVATIONS["leaky_relu"]


def test_a_record_that_equals_the_registered_one_is_saved(tmp_path):
    net = Network((2, 3, 1), hidden=dataclasses.replace(ACTIVATIONS["tanh"]))
    assert net.activations[1] is not ACTIVATIONS["tanh"]
    save(tmp_path / "net", net, net.init(0))
    assert load(tmp_path / "net")[0].activations[1] is ACTIVATIONS["tanh"]


@pytest.mark.parametrize("dtype", [">f8" if np.dtype(float).str[0] == "<" else "<f8", np.float16])
def test_what_no_network_method_accepts_is_not_written(tmp_path, net, dtype):
    theta = draw(net, 1)[0].astype(dtype)
    for use in lambda: net.predict(theta, np.ones((1, 3))), lambda: save(tmp_path / "net", net, theta):
        with pytest.raises(TypeError, match=r"theta has dtype .*theta\.astype\(float\) converts"):
            use()
    assert not os.listdir(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_stays_and_its_target_is_written(tmp_path, net):
    real, link = tmp_path / "far" / "real.npz", tmp_path / "link.npz"
    real.parent.mkdir()
    link.symlink_to(real)
    for seed in 0, 1:  # first a link to nothing yet, then one to a file
        theta = draw(net, 1, seed=seed)[0]
        save(link, net, theta)
        assert link.is_symlink() and not real.is_symlink() and np.array_equal(load(real)[1], theta)
    assert sorted(os.listdir(tmp_path)) == ["far", "link.npz"] and os.listdir(real.parent) == ["real.npz"]


# Files that are not ours.


def refused(path, *reasons):
    with pytest.raises(ValueError) as caught:
        load(path)
    message = str(caught.value)
    for reason in (f"path={os.fspath(path)!r} is not a network that bpcore.save wrote: ", *reasons):
        assert reason in message, message


def npz(path, save=np.savez, **arrays):
    save(path, **arrays)
    return path


def ours(**changes):
    about = {
        "format": "bpcore network 1",
        "sizes": [2, 1],
        "hidden": [],
        "output": "sigmoid",
        "loss": "binary_cross_entropy",
    } | changes
    about = {key: value for key, value in about.items() if value is not ...}
    return np.frombuffer(json.dumps(about).encode(), np.uint8)


class Bomb:
    """Its unpickling makes a folder."""

    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return os.mkdir, (self.place,)


def test_a_pickle_is_refused_and_not_run(tmp_path):
    trace = tmp_path / "it ran"
    bomb = np.array([Bomb(str(trace))], dtype=object)
    (tmp_path / "pickle.npz").write_bytes(pickle.dumps(Bomb(str(trace))))
    refused(tmp_path / "pickle.npz")
    refused(npz(tmp_path / "theta.npz", about=ours(), theta=bomb), "its array 'theta' is object")
    refused(npz(tmp_path / "about.npz", about=bomb, theta=np.zeros(3)), "its array 'about' is object")
    refused(npz(tmp_path / "more.npz", about=ours(sizes=[2, 2]), theta=np.zeros(6), extra=bomb), "it holds 3 arrays")
    with open(tmp_path / "array.npz", "wb") as file:
        np.save(file, bomb)
    refused(tmp_path / "array.npz")
    assert not trace.exists()
    with pytest.raises(TypeError):
        pickle.loads((tmp_path / "pickle.npz").read_bytes()) + 1  # the bomb is a live one
    assert trace.exists()


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"hello", b"\x93NUMPY\x01\x00", b"\x00" * 4096, b"PK\x05\x06" + b"\x00" * 18], ids=len
)
def test_a_file_that_is_no_archive(tmp_path, content):
    (tmp_path / "x.npz").write_bytes(content)
    refused(tmp_path / "x.npz")


def test_every_truncation_is_refused(saved):
    whole = saved.read_bytes()
    for length in range(0, len(whole), 7):
        saved.write_bytes(whole[:length])
        refused(saved)


def test_every_changed_byte_is_refused_or_harmless(saved, net):
    """A flipped byte either is noticed or leaves network and parameters as they were (names of no meaning, dates)."""
    whole, theta = saved.read_bytes(), draw(net, 1)[0]
    for place in range(len(whole)):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :])
        try:
            again, theta_again = load(saved)
        except ValueError as error:
            assert "is not a network that bpcore.save wrote" in str(error)
        else:
            assert repr(again) == repr(net) and np.array_equal(theta_again, theta), place


@pytest.mark.parametrize(
    "arrays, reason",
    [
        ({"theta": np.zeros(3)}, "it has no array 'about'"),
        ({"about": ours()}, "it has no array 'theta'"),
        ({"Theta1": np.zeros((4, 3)), "Theta2": np.zeros((1, 5))}, "it has no array 'about'"),
        ({"about": ours(format="bpcore network 2"), "theta": np.zeros(3)}, "its format is not 'bpcore network 1'"),
        ({"about": ours(format=...), "theta": np.zeros(3)}, "its format is not"),
        ({"about": np.frombuffer(b"[1]", np.uint8), "theta": np.zeros(3)}, "its format is not"),
        ({"about": np.frombuffer(b"{not json", np.uint8), "theta": np.zeros(3)}, "Expecting property name"),
        ({"about": np.frombuffer(b"\xff\xfe\xff", np.uint8), "theta": np.zeros(3)}, "decode"),
        ({"about": np.frombuffer(b"[" * 50_000, np.uint8), "theta": np.zeros(3)}, ""),
        ({"about": ours(sizes=...), "theta": np.zeros(3)}, "sizes"),
        ({"about": ours(sizes=[2]), "theta": np.zeros(3)}, "sizes=(2,)"),
        ({"about": ours(sizes=[2, 1.0]), "theta": np.zeros(3)}, "sizes[1]=1.0"),
        ({"about": ours(sizes="21"), "theta": np.zeros(3)}, "sizes[0]='2'"),
        ({"about": ours(sizes=None), "theta": np.zeros(3)}, "sizes=None"),
        ({"about": ours(sizes=[10**9, 10**9]), "theta": np.zeros(3)}, "theta has shape (3,)"),
        ({"about": ours(hidden=["tanh"]), "theta": np.zeros(3)}, "hidden names 1"),
        ({"about": ours(hidden=[["tanh"]]), "theta": np.zeros(3)}, "hidden"),
        ({"about": ours(output="sin"), "theta": np.zeros(3)}, "output='sin' is not known"),
        ({"about": ours(loss={"name": "mse"}), "theta": np.zeros(3)}, "loss={'name': 'mse'} (dict)"),
        ({"about": ours(loss="cross_entropy"), "theta": np.zeros(3)}, "does not fit"),
        ({"about": ours(), "theta": np.zeros(4)}, "theta has shape (4,)"),
        ({"about": ours(), "theta": np.zeros((3, 1))}, "its array 'theta' is float64 of shape (3, 1)"),
        ({"about": ours(), "theta": np.zeros(())}, "of shape ()"),
        ({"about": ours(), "theta": np.zeros(3, complex)}, "its array 'theta' is complex128"),
        ({"about": ours(), "theta": np.zeros(3, int)}, "its array 'theta' is int64"),
        ({"about": ours(), "theta": np.zeros(3, np.uint8)}, "theta has dtype |u1"),
        ({"about": ours(), "theta": np.array(["a", "b", "c"])}, "its array 'theta' is <U1"),
        ({"about": ours(), "theta": np.zeros(3, [("a", float)])}, "its array 'theta' is"),
        ({"about": ours(), "theta": np.array([1, np.nan, 2])}, "NaN or infinite"),
        ({"about": ours(), "theta": np.array([1, np.inf, 2])}, "NaN or infinite"),
        ({"about": np.array(["x"]), "theta": np.zeros(3)}, "its array 'about' is <U1"),
        ({"about": np.zeros(0, np.uint8), "theta": np.zeros(3)}, ""),
    ],
    ids=lambda value: value or "none" if isinstance(value, str) else "arrays",
)
def test_other_archives(tmp_path, arrays, reason):
    refused(
        npz(
            tmp_path / "x.npz",
            **{name: array.astype("int64") if array.dtype == int else array for name, array in arrays.items()},
        ),
        reason,
    )


def test_a_compressed_archive_is_refused(tmp_path):
    """However small, it could unfold into anything."""
    refused(
        npz(tmp_path / "x.npz", np.savez_compressed, about=ours(), theta=np.zeros(3)),
        "its array 'about' is compressed or encrypted",
    )


def test_a_bomb_of_zeros_is_refused_unread(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "x.npz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("about.npy", "w", force_zip64=True) as file,
    ):
        for _ in range(32):
            file.write(bytes(2**20))
    refused(tmp_path / "x.npz", "compressed")


def header(shape, descr="<f8", version=(1, 0)):
    file = io.BytesIO()
    write = np.lib.format.write_array_header_1_0 if version == (1, 0) else np.lib.format.write_array_header_2_0
    write(file, {"shape": shape, "fortran_order": False, "descr": descr})
    return file.getvalue()


def archive_with(path, theta):
    about = io.BytesIO()
    np.save(about, ours())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.npy", about.getvalue())
        archive.writestr("theta.npy", theta)
    return path


@pytest.mark.parametrize(
    "theta, reason",
    [
        (header((10**15,)), "not as long as its header says"),
        (header((10**30,)), "not as long as its header says"),
        (header((-3,)) + bytes(24), "not as long as its header says"),
        (header((3,)) + bytes(23), "not as long as its header says"),
        (header((3,)) + bytes(25), "not as long as its header says"),
        (header((3,), version=(2, 0)) + bytes(24), "another .npy version"),
        (header((3,), descr="|O") + bytes(24), "is object"),
        (b"\x93NUMPY\x01\x00\xff\xff" + b"{" * 65535, ""),
        (b"\x93NUMPY\x01\x00\x10\x00" + b"os.getpid()     ", ""),
        (b"", ""),
        (b"\x93NUMPY", ""),
    ],
    ids=[
        "10^15",
        "10^30",
        "negative",
        "short",
        "long",
        "version 2",
        "object",
        "braces",
        "call",
        "empty",
        "magic alone",
    ],
)
def test_headers_that_lie(tmp_path, theta, reason):
    refused(archive_with(tmp_path / "x.npz", theta), reason)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit on memory is Linux's")
def test_no_memory_is_taken_for_what_is_not_there(tmp_path):
    """An archive of 1 kB whose directory and header claim 1.6 GB, read where no more than 0.5 GB beyond the libraries
    can be had.
    """
    size = 200_000_000
    claim = len(header((size,))) + 8 * size
    path = archive_with(tmp_path / "x.npz", header((size,)))
    data, real = path.read_bytes(), struct.pack("<II", *[len(header((size,)))] * 2)
    assert data.count(real) == 2  # the sizes in the member's own header and in the directory
    path.write_bytes(data.replace(real, struct.pack("<II", claim, claim)))
    code = (
        f"import resource, bpcore, bpcore.files\n"
        f"used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        f"resource.setrlimit(resource.RLIMIT_AS, (used + 2**29,) * 2)\n"
        f"try: bpcore.load({str(path)!r})\n"
        f"except ValueError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(bpcore.__file__).parents[1]
    )
    assert "claims to be longer than the file" in done.stdout, done.stdout + done.stderr


def test_an_encrypted_archive_is_refused(saved):
    data = bytearray(saved.read_bytes())
    for mark, place in (b"PK\x03\x04", 6), (b"PK\x01\x02", 8):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    saved.write_bytes(data)
    refused(saved, "compressed or encrypted")


def test_what_is_not_there_and_what_is_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="missing.npz"):
        load(tmp_path / "missing")
    (tmp_path / "folder.npz").mkdir()
    with pytest.raises(OSError, match="folder.npz"):  # IsADirectoryError on Linux, PermissionError on Windows
        load(tmp_path / "folder")


def test_parameters_are_in_memory_once(tmp_path):
    net = Network((1000, 500, 1))
    save(tmp_path / "wide.npz", net, net.init(0))
    tracemalloc.start()
    load(tmp_path / "wide.npz")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1.3 * (tmp_path / "wide.npz").stat().st_size


# Files that are meant to harm: each is refused at once, with little memory, and nothing is written beside it.


def refused_cheaply(path, *reasons, times=4):
    """Refused, with no more memory than a few times the file's length, and without working on it for ever.

    The time is the processor's own for this process, and its bound a hundred times what the slowest file takes: it
    tells a hang, not a slow machine.
    """
    before = sorted(path.parent.rglob("*"))
    tracemalloc.start()
    start = time.process_time()
    try:
        refused(path, *reasons)
        seconds, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < times * path.stat().st_size + 2**20, f"{peak} bytes of memory for a file of {path.stat().st_size}"
    assert seconds < 60, f"{seconds} s"
    assert sorted(path.parent.rglob("*")) == before


def array_bytes(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


ABOUT, THETA = array_bytes(ours()), array_bytes(np.zeros(3))


def archive_of(path, *members):
    """An archive of (name or ZipInfo, content) pairs, repeated names among them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of repeated names
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members:
                archive.writestr(name, content)
    return path


def test_those_two_members_are_a_network(tmp_path):
    """What the archives below are changed from."""
    assert load(archive_of(tmp_path / "x.npz", ("about.npy", ABOUT), ("theta.npy", THETA)))[1].tolist() == [0, 0, 0]


def test_a_bomb_of_two_gigabytes(tmp_path):
    """2 MB that inflate to 2 GB of zeros, with a right checksum; its directory tells the truth, and nothing is
    inflated.
    """
    pack = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece, last = (
        pack.compress(bytes(2**24)) + pack.flush(zlib.Z_FULL_FLUSH),
        zlib.compressobj(9, zlib.DEFLATED, -15).flush(),
    )
    zeros, checksum = bytes(2**24), 0
    for _ in range(128):
        checksum = zlib.crc32(zeros, checksum)
    path = tmp_path / "x.npz"
    with open(path, "wb") as file:
        data, sizes, directory = piece * 128 + last, None, b""
        sizes = struct.pack("<III", checksum, len(data), 2**31)
        for name in b"about.npy", b"theta.npy":
            at = file.tell()
            file.write(
                b"PK\x03\x04"
                + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
                + sizes
                + struct.pack("<HH", len(name), 0)
                + name
                + data
            )
            directory += (
                b"PK\x01\x02"
                + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0)
                + sizes
                + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, at)
                + name
            )
        at = file.tell()
        file.write(directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 2, 2, len(directory), at, 0))
    assert path.stat().st_size < 2**23
    with zipfile.ZipFile(path) as archive, archive.open("theta.npy") as member:  # the bomb is a live one
        assert member.read(2**25) == bytes(2**25) and archive.getinfo("theta.npy").file_size == 2**31
    refused_cheaply(path, "its array 'about' is compressed or encrypted")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_no_way_of_compression_is_taken(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "x.npz", "w", method) as archive:
        archive.writestr("about.npy", ABOUT)
        archive.writestr("theta.npy", array_bytes(np.zeros(10**5)))
    refused_cheaply(tmp_path / "x.npz", "compressed")


def test_an_archive_in_an_archive(tmp_path, saved):
    inner = saved.read_bytes()
    refused_cheaply(archive_of(tmp_path / "x.npz", ("net.npz", inner)), "it has no array 'about'")
    refused_cheaply(archive_of(tmp_path / "y.npz", ("about.npy", inner), ("theta.npy", inner)), "magic string")


@pytest.mark.parametrize(
    "name",
    [
        "../escaped.npy",
        "/escaped.npy",
        "C:\\escaped.npy",
        "about.npy/../../escaped.npy",
        "extra.npy",
        "θ.npy",
        "\u202egnp.npy",
    ],
)
def test_names_that_lead_elsewhere(tmp_path, name):
    (tmp_path / "below").mkdir()
    path = archive_of(tmp_path / "below" / "x.npz", ("about.npy", ABOUT), ("theta.npy", THETA), (name, THETA))
    refused_cheaply(path, "it holds 3 arrays")
    assert [entry.name for entry in tmp_path.iterdir()] == ["below"]


@pytest.mark.parametrize("twice", ["about.npy", "theta.npy"])
def test_a_name_that_is_there_twice(tmp_path, twice):
    """Which of the two would be meant is anybody's guess."""
    other = array_bytes(ours(sizes=[1, 1])) if twice == "about.npy" else array_bytes(np.ones(3))
    refused_cheaply(
        archive_of(tmp_path / "x.npz", ("about.npy", ABOUT), ("theta.npy", THETA), (twice, other)), "it holds 3 arrays"
    )


def test_a_member_that_is_a_link(tmp_path):
    link = zipfile.ZipInfo("theta.npy")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    refused_cheaply(archive_of(tmp_path / "x.npz", ("about.npy", ABOUT), (link, b"/etc/hostname")), "magic string")


def test_members_that_share_their_place(tmp_path):
    """Both entries of the directory lead to the first member."""
    path = archive_of(tmp_path / "x.npz", ("about.npy", ABOUT), ("theta.npy", THETA))
    data = bytearray(path.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    path.write_bytes(data)
    refused_cheaply(path)


def test_a_crowd_of_members(tmp_path):
    """Half a million bytes of directory: what is read of it is in proportion."""
    path = archive_of(
        tmp_path / "x.npz", ("about.npy", ABOUT), ("theta.npy", THETA), *((f"{k}.npy", b"") for k in range(5000))
    )
    refused_cheaply(path, "it holds 5002 arrays", times=20)


@pytest.mark.parametrize("size", [2**32 - 1, 2**40, 2**63, 2**64 - 1])
def test_sizes_of_64_bits_that_lie(tmp_path, size):
    """The extra field of the directory's second entry claims up to 16 exabytes."""
    path = archive_of(tmp_path / "x.npz", ("about.npy", ABOUT), ("theta.npy", THETA))
    data = bytearray(path.read_bytes())
    second, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    extra = struct.pack("<HHQQ", 1, 16, size, size)
    data[second + 20 : second + 28] = b"\xff" * 8
    data[second + 30 : second + 32] = struct.pack("<H", len(extra))
    data[end + 12 : end + 16] = struct.pack("<I", struct.unpack("<I", data[end + 12 : end + 16])[0] + len(extra))
    path.write_bytes(data[:end] + extra + data[end:])
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("theta.npy").file_size == size
    refused_cheaply(path, "claims to be longer than the file")


def test_an_extra_field_cut_short(tmp_path):
    info = zipfile.ZipInfo("theta.npy")
    info.extra = struct.pack("<HH", 1, 40) + b"short"
    refused_cheaply(archive_of(tmp_path / "x.npz", ("about.npy", ABOUT), (info, THETA)))


@pytest.mark.parametrize(
    "about",
    [
        json.dumps(
            {
                "format": "bpcore network 1",
                "sizes": [2, 1],
                "hidden": [],
                "output": "Z" + "\u0335\u0321" * 100_000,
                "loss": "mse",
            }
        ),
        json.dumps(
            {"format": "bpcore network 1", "sizes": [2, 1], "hidden": [], "output": "\ud800\u202e\x00", "loss": "mse"}
        ),
        '{"format": "bpcore network 1", "sizes": [2, '
        + "9" * 5000
        + '], "hidden": [], "output": "sigmoid", "loss": "mse"}',
        '{"format": "bpcore network 1", "sizes": [2, 1e999], "hidden": [], "output": "sigmoid", "loss": "mse"}',
        '{"format": "bpcore network 1", "sizes": [2, NaN], "hidden": [], "output": "sigmoid", "loss": "mse"}',
        '{"format": "bpcore network 1", "sizes": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "[" + "[]," * 400_000 + "[]]",
        '"' + "\\ud800" * 200_000 + '"',
        "\x00" * 1000,
        "﻿{}",
        "{}" * 1000,
        "nan",
        "",
    ],
    ids=[
        "marks",
        "surrogate",
        "digits",
        "1e999",
        "NaN",
        "nested lists",
        "nested objects",
        "many lists",
        "long",
        "zeros",
        "byte order mark",
        "two",
        "nan",
        "nothing",
    ],
)
def test_descriptions_that_are_bombs(tmp_path, about):
    path = archive_of(
        tmp_path / "x.npz",
        ("about.npy", array_bytes(np.frombuffer(about.encode("utf-8", "surrogatepass"), np.uint8))),
        ("theta.npy", THETA),
    )
    refused_cheaply(path, times=20)  # Python 3.14 needs more for lists within lists than those before
    with pytest.raises(ValueError) as caught:
        load(path)
    assert len(str(caught.value)) < 1000, "the message carries the bomb on"


@pytest.mark.long
def test_random_headers_are_refused(tmp_path):
    """A thousand changed headers: a ValueError each, or the three zeros that the file holds."""
    rng, outcomes = random.Random(0), set()
    start = header((3,))
    pieces = [
        b"(",
        b")",
        b"[",
        b"]",
        b"{",
        b"}",
        b"'",
        b",",
        b":",
        b"9",
        b"-",
        b"e",
        b"j",
        b"*",
        b"L",
        b"|O",
        b"<f8",
        b">f2",
        b"<M8[s]",
        b"V8",
        b"f16",
        b"True",
        b"None",
        b"shape",
        b"descr",
        b"\x00",
        b"\xff",
        b"\n",
        b"\\",
        b"\xce\xb8",
        b"'descr'",
        b"10000000000",
        b"(3,)f8",
    ]
    for _ in range(1000):
        data = bytearray(start)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(data) if rng.random() < 0.2 else 60)
            piece = rng.choice(pieces)
            data[at : at + (len(piece) if rng.random() < 0.8 else 0)] = piece
        if rng.random() < 0.7:  # with the length of the header said truly
            data[8:10] = struct.pack("<H", len(data) - 10)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            path = archive_with(tmp_path / "x.npz", bytes(data) + bytes(24))
            try:
                outcomes.add(load(path)[1].tobytes() == bytes(24))
            except ValueError as error:
                assert "is not a network that bpcore.save wrote" in str(error)
                outcomes.add("refused")
    assert outcomes == {True, "refused"}


def test_random_bytes_are_refused(tmp_path, saved):
    """Pieces of a right file in any order, with noise between them."""
    rng, whole = random.Random(0), saved.read_bytes()
    for _ in range(300):
        pieces = []
        for _ in range(rng.randint(1, 6)):
            start = rng.randrange(len(whole))
            pieces += [whole[start : rng.randint(start, len(whole))], rng.randbytes(rng.randrange(30))]
        saved.write_bytes(b"".join(pieces))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            refused(saved)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="pipes with a name, a device that never ends and the limit on memory are Linux's",
)
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_file_without_an_end_is_not_waited_for(tmp_path, kind):
    path = tmp_path / "x.npz"
    os.mkfifo(path) if kind == "pipe" else path.symlink_to("/dev/zero")
    code = (
        f"import resource, bpcore, bpcore.files\n"
        f"resource.setrlimit(resource.RLIMIT_AS, (2**32, 2**32))\n"
        f"try: bpcore.load({str(path)!r})\n"
        f"except ValueError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=Path(bpcore.__file__).parents[1]
    )
    assert "a device or a pipe" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_is_followed_and_its_target_judged(tmp_path, saved, net):
    (tmp_path / "link.npz").symlink_to(saved)
    assert repr(load(tmp_path / "link")[0]) == repr(net)
    (tmp_path / "loop.npz").symlink_to(tmp_path / "loop.npz")
    with pytest.raises(OSError, match="loop.npz"):
        load(tmp_path / "loop")


def test_a_large_right_file_is_read_in_its_own_size(tmp_path):
    """8 MB of parameters: the same measure holds for what is accepted."""
    net = Network((999, 1000), loss="half_squared")
    save(tmp_path / "x.npz", net, np.zeros(10**6))
    tracemalloc.start()
    try:
        load(tmp_path / "x.npz")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * (tmp_path / "x.npz").stat().st_size


NET = NETWORKS["default"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_not_waited_for(tmp_path):
    """In this process; if nobody writes for half a minute, somebody does, so that a wait ends and is seen."""
    os.mkfifo(tmp_path / "net.npz")
    waited = []

    def wake():
        waited.append(True)
        os.close(os.open(tmp_path / "net.npz", os.O_RDWR | os.O_NONBLOCK))

    timer = threading.Timer(30, wake)
    timer.start()
    with pytest.raises(ValueError, match="wrote: it is a device or a pipe, which may never end$"):
        load(tmp_path / "net.npz")
    timer.cancel()
    assert not waited


def test_a_system_without_that_flag_opens_files_all_the_same(file, monkeypatch):
    monkeypatch.delattr(os, "O_NONBLOCK", raising=False)
    assert np.array_equal(load(file)[1], NET.init(0))


@pytest.fixture
def file(tmp_path):
    save(tmp_path / "net.npz", NET, NET.init(0))
    return tmp_path / "net.npz"


@pytest.mark.parametrize("length, accepted", [(10**6, True), (10**6 + 1, False)])
def test_how_long_a_description_may_be(file, length, accepted):
    with np.load(file) as arrays:
        about, theta = arrays["about"].tobytes(), arrays["theta"]
    np.savez(file, about=np.frombuffer(about.ljust(length), np.uint8), theta=theta)
    if accepted:
        assert np.array_equal(load(file)[1], theta)
    else:
        with pytest.raises(ValueError, match=f"2 arrays and {length} bytes of description"):
            load(file)


def test_a_file_with_nan_says_which_array_it_is(file):
    with np.load(file) as arrays:
        about, theta = arrays["about"], arrays["theta"]
    theta[2] = np.nan
    np.savez(file, about=about, theta=theta)
    with pytest.raises(ValueError, match="wrote: theta "):
        load(file)
