"""Closes a process in before it runs answers, by limits, namespaces and file rules, as far as a machine has them."""

import ctypes
import os
import socket
import struct
import sys
from pathlib import Path

try:
    import resource
except ModuleNotFoundError:  # Windows, where answers are graded in a container alone
    resource = None

MEMORY = 2**30  # bytes that an answer may take beyond what the process has when it begins
FILES = 2**24  # bytes of the largest file that it may write
PROCESSES = 64  # that it may have beside those that its account has already
ACCOUNTS = 61184, 4096  # numbers of accounts without a name, for graders that are started by root: the first, how many
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")

LIBC = ctypes.CDLL(None, use_errno=True) if resource else None
NEWNS, NEWIPC, NEWUSER, NEWPID, NEWNET = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x40000000  # linux/sched.h
MS_NOSUID, MS_NODEV, MS_REC, MS_PRIVATE = 2, 4, 16384, 1 << 18  # linux/mount.h
AT_RECURSIVE, MOUNT_ATTR_RDONLY = 0x8000, 1
MOUNT_SETATTR, LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 442, 444, 445, 446  # the same numbers on all machines
NO_NEW_PRIVILEGES = 38  # linux/prctl.h
READ = 0b1101  # linux/landlock.h: execute, read a file, read a folder
WRITE_FILE = 0b10


def _call(name, *arguments):
    """Call a function of the C library; OSError where it fails."""
    result = getattr(LIBC, name)(*arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def limit():
    """Limits that hold everywhere: memory, size of files, processes, and no dump of the memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 2**18
    for what, most in {
        "RLIMIT_AS": pages * resource.getpagesize() + MEMORY,
        "RLIMIT_FSIZE": FILES,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": _processes() + PROCESSES,
    }.items():
        number = getattr(resource, what)
        largest = resource.getrlimit(number)[1]
        most = most if largest == resource.RLIM_INFINITY else min(most, largest)
        resource.setrlimit(number, (most, most))


def _processes():
    """How many processes and threads the account has."""
    count = 0
    for path in Path("/proc").glob("[0-9]*"):
        try:
            count += len(os.listdir(path / "task")) if path.stat().st_uid == os.getuid() else 0
        except OSError:  # it has ended
            continue
    return count


def account():
    """The number of the account for the answers that this process starts, which no other grading process uses."""
    first, count = ACCOUNTS
    return first + os.getpid() % count


def can_change_account(number, readable):
    """Whether this is root, and the account of this number can read what an answer needs."""
    if os.geteuid():
        return False
    os.seteuid(number)
    try:
        return all(os.access(path, os.R_OK, effective_ids=True) for path in readable)
    finally:
        os.seteuid(0)


def unshare(folder, hidden, new_users=True):
    """New namespaces for processes, mounts and the network; OSError where the machine does not give them.

    Where they need one, and with ``new_users``, there is a new namespace for users, too.

    All files are read-only then, but for ``folder``, and the folders ``hidden`` are empty. The process that continues
    is the first of its own, so that all that it starts ends with it; this one waits for it and ends as it does.
    """
    user, group = os.getuid(), os.getgid()
    spaces = NEWNS | NEWPID | NEWNET | NEWIPC
    try:
        _call("unshare", spaces if user == 0 else spaces | NEWUSER)
    except OSError:
        if user or not new_users:
            raise
        _call("unshare", spaces | NEWUSER)
        user = -1
    if os.getuid() != 0 or user == -1:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{max(user, 0)} {max(user, 0)} 1")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    child = os.fork()
    if child:
        close_all(2)
        os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)
    _call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    attributes = struct.pack("QQQQ", MOUNT_ATTR_RDONLY, 0, 0, 0)
    _call("syscall", MOUNT_SETATTR, -100, b"/", AT_RECURSIVE, attributes, len(attributes))
    try:
        _call("mount", b"proc", b"/proc", b"proc", MS_NOSUID | MS_NODEV, None)
    except OSError:  # within a container, for example: better no /proc than everybody's
        _call("mount", b"none", b"/proc", b"tmpfs", MS_NOSUID | MS_NODEV, b"size=4k")
    for path in hidden:
        if Path(path).is_dir():
            _call("mount", b"none", os.fsencode(path), b"tmpfs", MS_NOSUID | MS_NODEV, b"size=4k,mode=700")
    _call("mount", b"none", os.fsencode(folder), b"tmpfs", MS_NOSUID | MS_NODEV, b"size=32m,mode=777")


def close_all(first):
    """Close all files from this number on."""
    os.closerange(first, resource.getrlimit(resource.RLIMIT_NOFILE)[0])


def drop_rights():
    """Give up every capability, and the way to new ones."""
    _call("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _call("capset", struct.pack("=Ii", 0x20080522, 0), bytes(24))


def rule_files(readable, folder):
    """Landlock: read ``readable`` alone, write in ``folder`` alone, signal nobody outside; OSError without it."""
    version = _call("syscall", LANDLOCK_CREATE, None, 0, 1)
    every = (1 << (13 if version == 1 else 14 if version == 2 else 15 if version < 5 else 16)) - 1
    attributes = struct.pack("QQQ", every, 3 if version >= 4 else 0, 3 if version >= 6 else 0)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    rules = _call("syscall", LANDLOCK_CREATE, attributes, size, 0)
    for path, allowed in [
        *((path, READ) for path in readable),
        *((path, READ & 0b100 | WRITE_FILE) for path in DEVICES),
        (folder, every),
    ]:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            continue  # what is not there needs no rule
        allowed &= every if os.path.isdir(path) else 0b111  # a file has no entries to list
        _call("syscall", LANDLOCK_ADD, rules, 1, struct.pack("=Qi", allowed, place), 0)
        os.close(place)
    _call("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _call("syscall", LANDLOCK_RESTRICT, rules, 0)
    os.close(rules)
    return version


def libraries():
    """The folders that Python and its packages are read from."""
    packages = {str(Path(path).resolve()) for path in sys.path if "site-packages" in path or "dist-packages" in path}
    system = (
        "/usr",
        "/lib",
        "/lib64",
        "/bin",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/etc/fonts",
        "/sys/devices/system/cpu",
    )
    prefixes = {str(Path(path).resolve()) for path in (sys.prefix, sys.base_prefix)}
    return sorted({*packages, *system, *prefixes})


def enter(folder, hidden=(), account=None, use=("namespaces", "files")):
    """Close this process in, and return what is in force, in words.

    folder : the only place where it may write
    hidden : folders that it shall not see
    account : the number of the account that root becomes, if any
    use : which of the measures to try that a machine may lack; for tests of the others
    """
    force = ["limits"]
    if sys.platform != "linux":
        limit()
        os.chdir(folder)
        return force
    in_namespaces = False
    if "namespaces" in use:
        try:
            unshare(folder, hidden, new_users=account is None)  # a new namespace would know this account alone
            in_namespaces = True
            force.append("namespaces")
        except OSError:
            pass
    os.chdir(folder)
    if account is not None:
        if not in_namespaces:
            os.chown(folder, account, account)
        os.setgroups([])
        os.setgid(account)
        os.setuid(account)
        force.append("account")
    limit()
    if "files" in use:
        try:
            version = rule_files(libraries(), folder)
            force.append("file rules" if version < 6 else "file and signal rules")
        except OSError:
            pass
    drop_rights()
    return force


def pair():
    """Two connected sockets."""
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
