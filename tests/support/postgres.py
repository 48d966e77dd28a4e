"""A PostgreSQL server of the tests' own, made from Debian's packages in a temporary folder."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL server programs, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4]))
    return found[-1].parent if found else None


@contextmanager
def server() -> Iterator[str]:
    """Run a server and yield the address of its empty database."""
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path(tempfile.mkdtemp(prefix="bedside-pg-"))
    user = _user(folder)
    port = _free_port()

    def run(*words: str) -> None:
        subprocess.run(words, check=True, user=user, capture_output=True, cwd=folder)

    data = str(folder / "data")
    run(
        f"{bin_folder}/initdb",
        "-D",
        data,
        "-U",
        "bedside",
        "--auth=trust",
        "--no-sync",
        "-E",
        "UTF8",
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    run(f"{bin_folder}/pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://bedside@127.0.0.1:{port}/postgres"
    finally:
        run(f"{bin_folder}/pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _user(folder: Path) -> str | None:
    """Return whom to run as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return None
    nobody = "postgres" if any(u.pw_name == "postgres" for u in pwd.getpwall()) else "nobody"
    shutil.chown(folder, nobody)
    return nobody


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])
