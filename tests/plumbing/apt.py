"""What a test needs from the machine: fetched where that is possible, never insisted on here."""

import os
import shutil
import subprocess


def install(package: str) -> None:
    """Bring in a Debian package, where there is Debian and the right to."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        attempt(["apt-get", "update", "-qq"])
        attempt(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package])


def attempt(command: list[str], cwd: str | None = None) -> None:
    """Run it; that it failed is printed, and what it was for shows whether that matters."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, cwd=cwd, capture_output=True, timeout=300, env=environment)
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(f"{' '.join(command)}: {problem}")
