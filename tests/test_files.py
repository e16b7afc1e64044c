"""Networks in files: what is saved comes back to the bit, what is no such file is refused unharmed, and no half file is left."""
import io
import json
import os
import pickle
import struct
import subprocess
import sys
import zipfile
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


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16, ">f8"])
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
    assert all(record is other for record, other in zip(again.activations, net.activations)) and len(again.activations) == len(net.activations)
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


@pytest.mark.parametrize("given, written", [("net", "net.npz"), ("net.npz", "net.npz"), ("net.txt", "net.txt.npz"), ("Netz für θ", "Netz für θ.npz")])
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
        assert json.loads(file["about"].tobytes()) == {"format": "bpcore network 1", "sizes": [3, 5, 4, 2], "hidden": ["relu", "leaky_relu"],
                                                       "output": "softmax", "loss": "cross_entropy"}


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
    with pytest.raises(FileNotFoundError, match="nowhere"):
        save(tmp_path / "nowhere" / "net", net, draw(net, 1)[0])


def test_nothing_is_written_where_the_arguments_are_wrong(tmp_path, net):
    theta = draw(net, 1)[0]
    theta[3] = np.nan
    with pytest.raises(ValueError, match="theta has 1 entries that are NaN or infinite"):
        save(tmp_path / "net", net, theta)
    assert not os.listdir(tmp_path)


@pytest.mark.parametrize("own", [leaky_relu(0.3), leaky_relu(), Activation("relu", np.tanh, lambda z, a: 1 - a * a)], ids=["slope", "twin", "impostor"])
def test_a_record_that_load_could_not_find_is_refused(tmp_path, own):
    """A record under a known name that is another function would come back as that other function."""
    net = Network((2, 3, 1), hidden=own)
    with pytest.raises(ValueError, match=f"net uses a record '{own.name}' of its own".replace("(", r"\(").replace(")", r"\)")):
        save(tmp_path / "net", net, net.init(0))
    assert not os.listdir(tmp_path)


def test_a_registered_record_comes_back(tmp_path, monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "own", leaky_relu(0.3).__class__("own", np.tanh, lambda z, a: 1 - a * a))
    monkeypatch.setitem(LOSSES, "own", LOSSES["mse"].__class__("own", LOSSES["mse"].value, LOSSES["mse"].slope))
    net = Network((2, 3, 1), hidden="own", loss="own")
    save(tmp_path / "net", net, net.init(0))
    assert load(tmp_path / "net")[0].activations[1] is ACTIVATIONS["own"]


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
    about = {"format": "bpcore network 1", "sizes": [2, 1], "hidden": [], "output": "sigmoid", "loss": "binary_cross_entropy"} | changes
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
    refused(npz(tmp_path / "more.npz", about=ours(sizes=[2, 2]), theta=np.zeros(3), extra=bomb), "theta has shape (3,)")
    with open(tmp_path / "array.npz", "wb") as file:
        np.save(file, bomb)
    refused(tmp_path / "array.npz")
    assert not trace.exists()
    with pytest.raises(TypeError):
        pickle.loads((tmp_path / "pickle.npz").read_bytes()) + 1       # the bomb is a live one
    assert trace.exists()


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"\x93NUMPY\x01\x00", b"\x00" * 4096, b"PK\x05\x06" + b"\x00" * 18], ids=len)
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
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0x5a]) + whole[place + 1:])
        try:
            again, theta_again = load(saved)
        except ValueError as error:
            assert "is not a network that bpcore.save wrote" in str(error)
        else:
            assert repr(again) == repr(net) and np.array_equal(theta_again, theta), place


@pytest.mark.parametrize("arrays, reason", [
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
    ({"about": ours(loss={"name": "mse"}), "theta": np.zeros(3)}, "loss={'name': 'mse'} is not known"),
    ({"about": ours(loss="cross_entropy"), "theta": np.zeros(3)}, "does not fit"),
    ({"about": ours(), "theta": np.zeros(4)}, "theta has shape (4,)"),
    ({"about": ours(), "theta": np.zeros((3, 1))}, "its array 'theta' is float64 of shape (3, 1)"),
    ({"about": ours(), "theta": np.zeros(())}, "of shape ()"),
    ({"about": ours(), "theta": np.zeros(3, complex)}, "its array 'theta' is complex128"),
    ({"about": ours(), "theta": np.zeros(3, int)}, "its array 'theta' is int64"),
    ({"about": ours(), "theta": np.zeros(3, np.uint8)}, "theta is an array of uint8"),
    ({"about": ours(), "theta": np.array(["a", "b", "c"])}, "its array 'theta' is <U1"),
    ({"about": ours(), "theta": np.zeros(3, [("a", float)])}, "its array 'theta' is"),
    ({"about": ours(), "theta": np.array([1, np.nan, 2])}, "NaN or infinite"),
    ({"about": ours(), "theta": np.array([1, np.inf, 2])}, "NaN or infinite"),
    ({"about": np.array(["x"]), "theta": np.zeros(3)}, "its array 'about' is <U1"),
    ({"about": np.zeros(0, np.uint8), "theta": np.zeros(3)}, ""),
], ids=str)
def test_other_archives(tmp_path, arrays, reason):
    refused(npz(tmp_path / "x.npz", **{name: array.astype("int64") if array.dtype == int else array for name, array in arrays.items()}), reason)


def test_a_compressed_archive_is_refused(tmp_path):
    """However small, it could unfold into anything."""
    refused(npz(tmp_path / "x.npz", np.savez_compressed, about=ours(), theta=np.zeros(3)), "its array 'about' is compressed or encrypted")


def test_a_bomb_of_zeros_is_refused_unread(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.npz", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("about.npy", "w", force_zip64=True) as file:
        for _ in range(32):
            file.write(bytes(2 ** 20))
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


@pytest.mark.parametrize("theta, reason", [
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
], ids=["10^15", "10^30", "negative", "short", "long", "version 2", "object", "braces", "call", "empty", "magic alone"])
def test_headers_that_lie(tmp_path, theta, reason):
    refused(archive_with(tmp_path / "x.npz", theta), reason)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the limit on memory is Linux's")
def test_no_memory_is_taken_for_what_is_not_there(tmp_path):
    """An archive of 1 kB whose directory and header claim 1.6 GB, read where no more than 0.5 GB beyond the libraries can be had."""
    size = 200_000_000
    claim = len(header((size,))) + 8 * size
    path = archive_with(tmp_path / "x.npz", header((size,)))
    data, real = path.read_bytes(), struct.pack("<II", *[len(header((size,)))] * 2)
    assert data.count(real) == 2                     # the sizes in the member's own header and in the directory
    path.write_bytes(data.replace(real, struct.pack("<II", claim, claim)))
    code = (f"import resource, bpcore, bpcore.files\n"
            f"used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
            f"resource.setrlimit(resource.RLIMIT_AS, (used + 2**29,) * 2)\n"
            f"try: bpcore.load({str(path)!r})\n"
            f"except ValueError as error: print(error)\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(bpcore.__file__).parents[1])
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
    with pytest.raises(OSError, match="folder.npz"):         # IsADirectoryError on Linux, PermissionError on Windows
        load(tmp_path / "folder")
