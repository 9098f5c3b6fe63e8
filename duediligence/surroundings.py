"""What the computer says about the person at it: a name, a time zone, a shared repository."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

NOT_NAMED = "not named"


def author() -> str:
    """The name git is configured with; ``not named`` where there is none."""
    return _git(Path.cwd(), "config", "user.name") or NOT_NAMED


def command() -> str:
    """How this program is called here: its name, or the way to it where it is not on the path."""
    called = Path(sys.argv[0])
    if called.name != "duediligence" or shutil.which("duediligence"):
        return "duediligence"
    return os.path.relpath(called) if called.is_relative_to(Path.cwd()) else str(called)


def time_zone() -> str:
    """The IANA name of the local time zone, ``UTC`` when the system does not tell."""
    named = os.environ.get("TZ", "").removeprefix(":")
    link = os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    found = next((name for name in (named, link) if name in available_timezones()), "UTC")
    return found.removeprefix("Etc/")


def local_zone(name: str) -> ZoneInfo:
    """The zone called *name*; UTC when this computer does not know it."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def shared_through(folder: Path) -> str | None:
    """The address of the git remote that *folder* would be pushed to, if it lies in such a repository."""
    existing = next((path for path in (folder, *folder.absolute().parents) if path.is_dir()), None)
    if existing is None or _git(existing, "check-ignore", str(folder.absolute())):
        return None
    return _git(existing, "remote", "get-url", "--push", _git(existing, "remote").partition("\n")[0]) or None


def in_version_control(path: Path) -> bool:
    """Whether git would take *path* along: it lies in a working tree and nothing ignores it."""
    where = path if path.is_dir() else path.parent
    inside = _git(where, "rev-parse", "--is-inside-work-tree") == "true"
    return inside and not _git(where, "check-ignore", str(path.absolute()))


def _git(folder: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        # No git, or one that does not answer: then nobody is named and nothing is shared through it.
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
