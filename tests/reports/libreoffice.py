"""Run by the Python that LibreOffice's bindings belong to: `libreoffice.py FOLDER`.

Opens each .docx of the folder in LibreOffice itself, accepts all tracked changes and writes the paragraphs to
NAME.accepted.json, then the same with all rejected to NAME.rejected.json.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno  # pyright: ignore[reportMissingImports] - comes with LibreOffice, not from PyPI
from com.sun.star.beans import PropertyValue  # pyright: ignore[reportMissingImports]

SECONDS = 60


def connected(pipe: str) -> Any:
    """LibreOffice's desktop and its dispatcher, once it has started."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(SECONDS * 4):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.25)
            continue
        made = remote.ServiceManager.createInstanceWithContext
        return made("com.sun.star.frame.Desktop", remote), made("com.sun.star.frame.DispatchHelper", remote)
    raise SystemExit("LibreOffice did not start")


def paragraphs(desktop: Any, dispatcher: Any, path: Path, command: str) -> list[str]:
    """The paragraphs of a document after one command."""
    hidden = PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (hidden,))
    dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{command}", "", 0, ())
    found: list[str] = []
    walk = document.Text.createEnumeration()
    while walk.hasMoreElements():
        found.append(walk.nextElement().String)
    document.close(True)
    return found


def main(folder: Path) -> None:
    """Accept and reject the changes of every document in the folder."""
    pipe = f"litany-{folder.name}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo", profile, accept])
    try:
        desktop, dispatcher = connected(pipe)
        for path in sorted(folder.glob("*.docx")):
            for command, name in (("AcceptAllTrackedChanges", "accepted"), ("RejectAllTrackedChanges", "rejected")):
                found = paragraphs(desktop, dispatcher, path, command)
                path.with_suffix(f".{name}.json").write_text(json.dumps(found), encoding="utf-8")
        desktop.terminate()
    finally:
        office.terminate()
        office.wait(SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
