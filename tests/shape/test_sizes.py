"""A newcomer finds their way: no file is long."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
LIMIT = 300
FOLDERS = ("thidua", "config", "tests", "scripts", "benchmarks")
FILES = sorted(
    path
    for folder in FOLDERS
    for ending in ("py", "html", "css", "js")
    for path in (ROOT / folder).rglob(f"*.{ending}")
    if "migrations" not in path.parts
)


def test_no_file_is_over_three_hundred_lines():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in FILES
    }
    assert {path: length for path, length in lengths.items() if length > LIMIT} == {}


def test_there_are_files_to_look_at():
    assert len(FILES) > 100
