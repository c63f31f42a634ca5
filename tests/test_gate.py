"""The gate as a whole: a repository of reports, a pull request with slips, the steps of action.yml."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
ACTION = ROOT / "action.yml"
DRAFT = """\
The Marram Haven Harbour Trust kept its 65th Lamp Night on Sunday, 17 October 2022. The gate of the Outer Mole was \
opened at six o'clock, and 252 people passed through it before the lighting.

It may be useful to set down again what is remembered on this night. The drifter Sarah Maud was lost on the bar in the \
gale of 17 October 1957, when the harbour lamp had been left dark to save oil. Eleven men died within sight of their \
own lighted windows. It is 62 years since that night, and the lamp has not failed once since the Trust took charge of \
it.

For the 65rd time the eleven names were read aloud from the mole, and after each name the children answered with a \
single stroke of the handbell. The wreaths were carried to the of the mole by the pilots' apprentices and left there \
until the tide took them.
"""
MENDED = (
    DRAFT.replace("Sunday", "Monday")
    .replace("62 years", "65 years")
    .replace("65rd", "65th")
    .replace("to the of", "to the end of")
)


@dataclass(frozen=True)
class Job:
    """What a run of the steps left behind."""

    code: int
    log: str
    summary: str


def step(name: str) -> str:
    """The script of a step of the action. (No YAML parser is among our libraries; its blocks are simple enough.)"""
    lines = ACTION.read_text().splitlines()
    at = lines.index(f"    - name: {name}")
    run = next(k for k in range(at, len(lines)) if lines[k].startswith("      run:"))
    rest = lines[run].removeprefix("      run:").strip()
    if rest != "|":
        return rest
    body: list[str] = []
    for line in lines[run + 1 :]:
        if line.strip() and not line.startswith("        "):
            break
        body.append(line[8:])
    return "\n".join(body)


def git(folder: Path, *arguments: str) -> str:
    names = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    return subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


def job(repository: Path, since: str, **inputs: str) -> Job:
    """Run the steps as GitHub's runner does: bash, stop at the first error, the inputs in the environment."""
    summary = repository.parent / "summary.md"
    summary.write_text("")
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SOURCE": "reports",
        "SINCE": since,
        "ARGUMENTS": inputs.get("arguments", ""),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_WORKSPACE": str(repository),
        "LITANY_CACHE_DIR": str(repository.parent / "cache"),
    }
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step("Check")],
        cwd=repository, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    report = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step("Make the report")],
        cwd=repository, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert report.returncode == 0, report.stderr
    return Job(ran.returncode, ran.stdout, summary.read_text())


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the sample series as a folder of files, and a branch."""
    from litany.corpus import read
    from litany.reports.tables import split_files

    folder = tmp_path / "repository"
    (folder / "reports").mkdir(parents=True)
    for name, content in split_files(read("sample")):
        (folder / "reports" / name).write_bytes(content)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "The notices so far")
    git(folder, "checkout", "-qb", "notice-2022")
    return folder


def commit(repository: Path, text: str) -> None:
    (repository / "reports" / "2022-10-17.md").write_text(text)
    git(repository, "add", "reports")
    git(repository, "commit", "-qm", "The notice of 2022")


def test_a_pull_request_with_slips_is_stopped_and_the_mended_one_passes(repository: Path) -> None:
    commit(repository, DRAFT)
    stopped = job(repository, "main")
    assert stopped.code == 1
    annotations = re.findall(
        r"^::(\w+) file=reports/2022-10-17\.md,line=(\d+),.*title=litany ([\w-]+)::(.*)$", stopped.log, re.M
    )
    errors = {(rule, int(line)) for kind, line, rule, _ in annotations if kind == "error"}
    assert errors == {("weekday", 1), ("not-updated", 3), ("malformed-ordinal", 5), ("broken-sentence", 5)}
    assert "65th" in stopped.log
    assert "### 2022" in stopped.summary
    assert stopped.summary.count("❌") == 4
    results: list[Any] = json.loads((repository / "litany.sarif").read_text())["runs"][0]["results"]
    assert {result["ruleId"] for result in results if result["level"] == "error"} == {rule for rule, _ in errors}
    assert (repository / "litany-report" / "index.html").is_file()

    commit(repository, MENDED)
    passed = job(repository, "main")
    assert passed.code == 0
    assert "::error" not in passed.log
    assert "❌" not in passed.summary


def test_what_the_branch_did_not_touch_is_not_its_business(repository: Path) -> None:
    commit(repository, MENDED)
    assert job(repository, "main").code == 0, "2015 and 2018 have slips of their own"
    assert job(repository, "main", arguments="--fail-on note").code in (0, 1)


def test_a_push_without_a_known_revision_checks_the_latest_report(repository: Path) -> None:
    commit(repository, DRAFT)
    assert job(repository, "0" * 40).code == 1


def test_a_check_that_cannot_run_fails_the_job(repository: Path) -> None:
    (repository / "litany.toml").write_text("[check]\nnonsense = 1\n")
    assert job(repository, "main").code == 2


def test_the_sample_is_what_the_draft_was_written_over() -> None:
    sample = resources.files("litany.corpus.samples").joinpath("notices.md").read_text(encoding="utf-8")
    assert "lost on the bar in the gale of 17 October 1957" in sample


def test_the_hook_runs_a_command_that_there_is() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text()
    assert re.search(r"^  entry: litany check$", hook, re.M)
    assert re.search(r"^  pass_filenames: false$", hook, re.M), "a report cannot be judged without its past"
