"""The `portal` command as a process of its own, as people run it."""

import os
import subprocess
import sys
from pathlib import Path

from tests.plumbing import canary
from tests.plumbing.project import ROOT

PORTAL = [sys.executable, "-c", "import sys; from portal.cli import main; sys.argv[0] = 'portal'; main()"]


def portal(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it in a folder with settings from the environment; a failure shows what it said."""
    return run([*PORTAL, *arguments], folder, PYTHONPATH=str(ROOT), **environment)


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run any command to its end, at most two minutes."""
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120
    )
    canary.keep("commands", f"{command}\n{result.stdout}\n{result.stderr}")
    assert result.returncode == 0, f"{command} answered {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result
