"""Networks in files: an .npz that is written completely or not at all, and read without executing anything in it."""

import json
import os
import secrets
import stat
import zipfile

import numpy as np

from . import arguments
from .network import Network

FORMAT = "bpcore network 1"
PIECE = 2**16  # bytes that are read at once


def save(path, net, theta):
    """Write the network and its parameters to ``path``, an .npz file (the ending is added if it is missing).

    The file appears complete or not at all: it is written under another name in the same folder and then renamed.
    A link stays, and the file that it leads to is replaced.

    Raises
    ------
    ValueError, TypeError
        For a path that is no file name, a net that is no Network, a theta that is complex or that no network method
        accepts, and an activation or loss that is not in the registries, since a file holds names and no code.
    OSError, FileNotFoundError, NotADirectoryError, PermissionError
        If the file cannot be written.
    """
    path = os.path.realpath(_path(path))
    arguments.instance("net", net, Network, "a Network; the order is save(path, net, theta)")
    theta = arguments.real("theta", arguments.finite("theta", net.params(theta).theta))
    for record in (*net.activations[1:], net.loss):
        if record.registry.get(record.name) != record:
            expected = "expected those of ACTIVATIONS and LOSSES, where load looks up the names in a file"
            raise ValueError(f"net uses a record {record.name!r} of its own: {expected}")
    names = [record.name for record in (*net.activations[1:], net.loss)]
    about = {"format": FORMAT, "sizes": net.sizes, "hidden": names[:-2], "output": names[-2], "loss": names[-1]}
    os.stat(os.path.dirname(path))  # raises for a folder that is missing, by its name and not by that of the draft
    draft = f"{path}.{secrets.token_hex(4)}.part"  # not from tempfile, whose files are for their owner alone
    try:
        with open(draft, "xb") as file:
            np.savez(file, about=np.frombuffer(json.dumps(about).encode(), np.uint8), theta=theta)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        if os.path.exists(draft):  # it has not replaced the file
            os.unlink(draft)


def load(path):
    """Read what ``save`` wrote and return (net, theta); a path without ".npz" gets it, as in ``save``.

    Raises
    ------
    ValueError
        For a path that is no file name, and for any other file, with the reason. Nothing is unpickled or decompressed,
        and the memory that is needed grows with the length of the file, whatever the headers of its arrays claim.
    TypeError
        For a path that is not a string or os.PathLike.
    OSError, FileNotFoundError, IsADirectoryError, PermissionError
        If there is no such file, or it cannot be opened.
    """
    with open(path := _path(path), "rb", opener=_open_at_once) as file:
        return _network(path, file)


# without waiting for a writer if the path is a pipe
_open_at_once = lambda path, flags: os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _network(path, file):
    try:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise ValueError("it is a device or a pipe, which may never end")
        with zipfile.ZipFile(file) as archive:
            about, theta = (_read(archive, name) for name in ("about", "theta"))
            if len(archive.infolist()) > 2 or about.size > 10**6:
                held = f"{len(archive.infolist())} arrays and {about.size} bytes of description"
                raise ValueError(f"it holds {held}, which is more than save writes")
        about = json.loads(about.tobytes())
        if not isinstance(about, dict) or about.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT!r}")
        net = Network(about["sizes"], about["hidden"], about["output"], about["loss"])
        arguments.finite("theta", net.params(theta).theta)
    except MemoryError:
        raise
    except Exception as error:  # a broken file makes zipfile, NumPy and json raise errors of many types
        raise ValueError(f"path={path!r} is not a network that bpcore.save wrote: {error}") from None
    return net, theta


def _path(path):
    name = os.fspath(path) if isinstance(path, os.PathLike) else path
    arguments.instance("path", name, str, "a file name")
    if "\0" in name or os.path.basename(name) in ("", ".", ".."):
        raise ValueError(f"path={arguments.shown(path)}: expected the name of a file, such as 'network.npz'")
    return name if name.endswith(".npz") else name + ".npz"


def _read(archive, name):
    """One array of the archive, after comparing its header with the bytes that are there."""
    if f"{name}.npy" not in archive.namelist():
        raise ValueError(f"it has no array {name!r}")
    member = archive.getinfo(f"{name}.npy")
    if member.compress_type != zipfile.ZIP_STORED or member.flag_bits & 1:
        raise ValueError(f"its array {name!r} is compressed or encrypted")
    if member.file_size > os.path.getsize(archive.filename):
        raise ValueError(f"its array {name!r} claims to be longer than the file")
    with archive.open(member) as file:
        if np.lib.format.read_magic(file) != (1, 0):
            raise ValueError(f"its array {name!r} is of another .npy version")
        shape, _, dtype = np.lib.format.read_array_header_1_0(file)
        if dtype.kind not in "fu" or len(shape) != 1:
            raise ValueError(f"its array {name!r} is {dtype} of shape {shape}")
        if shape[0] * dtype.itemsize != member.file_size - file.tell():
            raise ValueError(f"its array {name!r} is not as long as its header says")
        data = bytearray(member.file_size - file.tell())
        for begin in range(0, len(data), PIECE):  # all at once would be there twice for a moment
            memoryview(data)[begin : begin + PIECE] = file.read(PIECE)
        return np.frombuffer(data, dtype)
