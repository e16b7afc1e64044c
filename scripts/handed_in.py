"""Lists and reads what lies in a folder of submissions, archives included, and says what of it is not read, and why."""

import os
import stat
import zipfile
from pathlib import Path, PurePosixPath

HUGE = 2**27  # bytes of one notebook; a million printed lines are a third of it
NOT_READ = "not read: "


def files(folder, tells, is_one_student_s):
    """For each file its place, which no other has, its path, its name within an archive, and why it is not read.

    ``tells(place)`` says whether a place tells whose file it is, and ``is_one_student_s(place)`` whether it is the name
    that a system gives to what one student has handed in. An entry is called by the name of such an archive, else by
    its own name where that tells, and else by both.
    """
    taken = set()
    for place, path, entry, problem in _each(folder, tells, is_one_student_s):
        while place in taken:  # the same name in two archives
            place = f"{_place(path, folder).removesuffix('.zip')}/{place}"
        taken.add(place)
        yield place, path, entry, problem


def read(path, entry=""):
    """The bytes of a file, or of an entry of an archive; OSError, which says what was wrong, where there are none."""
    if not entry:
        return Path(path).read_bytes()
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
            data = file.read(HUGE + 1)  # the size that the archive claims may be false
    except Exception as error:  # zipfile, zlib, bz2 and lzma have errors of their own
        raise OSError(f"damaged within its archive ({type(error).__name__}: {error})") from None
    if len(data) > HUGE:
        raise OSError(f"the file has more than {HUGE / 2**20:.0f} MB, and its archive says less")
    return data


def _each(folder, tells, is_one_student_s):
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for link in [each for each in folders if (Path(parent) / each).is_symlink()]:
            yield _place(Path(parent) / link, folder), Path(parent) / link, "", f"{NOT_READ}it is a link to a folder"
        for name in sorted(names):
            path = Path(parent) / name
            place, problem = _place(path, folder), _problem(path, folder)
            if problem or path.suffix != ".zip":
                yield place, path, "", problem
                continue
            try:
                with zipfile.ZipFile(path) as archive:
                    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            except Exception as error:  # whatever zipfile and its codecs raise
                yield place, path, "", f"{NOT_READ}a damaged archive ({type(error).__name__}: {error})"
                continue
            problems = [_problem_of_entry(entry) for entry in entries]
            is_only_one, stem = problems.count("") == 1, place.removesuffix(".zip")
            for entry, problem in sorted(zip(entries, problems), key=lambda pair: pair[0].filename):
                is_it = is_only_one and not problem
                by_archive = f"{stem}.ipynb" if is_it else f"{stem}_{entry.filename.replace('/', '_')}"
                choices = [
                    *([by_archive] if not problem and is_one_student_s(f"{stem}.ipynb") else []),
                    entry.filename,
                    *([by_archive] if is_it else []),
                    f"{stem}/{entry.filename}",
                ]
                called = next((each for each in choices if tells(each)), choices[-1])
                yield called, path, entry.filename, problem


def _place(path, folder):
    return path.relative_to(folder).as_posix().encode("utf-8", "replace").decode()


def _problem(path, folder):
    if path.is_symlink():
        return f"{NOT_READ}it is a link, and links are not followed"
    try:
        about = path.stat()
    except OSError as error:
        return f"{NOT_READ}{error}"
    if not stat.S_ISREG(about.st_mode):
        return f"{NOT_READ}it is no ordinary file"
    return _problem_of_name(path.relative_to(folder).as_posix(), about.st_size)


def _problem_of_entry(entry):
    if stat.S_ISLNK(entry.external_attr >> 16):
        return f"{NOT_READ}it is a link, and links are not followed"
    if entry.filename.endswith(".zip"):
        return f"{NOT_READ}an archive within an archive: unpack the outer one into the folder, in its place"
    return _problem_of_name(entry.filename, entry.file_size)


def _problem_of_name(name, size):
    """Why a file is not graded, as far as its name and its size tell."""
    parts = PurePosixPath(name).parts
    if ".." in parts:
        return "not graded: its path leads out of the archive"
    if any(part.startswith((".", "__MACOSX", "~", "#")) for part in parts) or name.endswith(("~", ".bak", ".swp")):
        return "not graded: an editor or a file manager has left it there"
    if not name.endswith((".ipynb", ".zip")):
        return f"not graded: {PurePosixPath(name).suffix or 'a file without suffix'}, expected .ipynb or an archive"
    if size == 0:
        return f"{NOT_READ}the file is empty"
    if size > HUGE:
        return f"{NOT_READ}the file has {size / 2**20:.0f} MB, expected at most {HUGE / 2**20:.0f} MB"
    return ""
