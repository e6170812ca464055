"""The trail reads as plain sentences: every code that an action records has one."""

import re
from pathlib import Path

import pytest

from tests import factories as make
from thidua.audit.models import Entry
from thidua.web.trail import PUBLIC, SENTENCES, sentence_of

ROOT = Path(__file__).parents[2] / "thidua"
CODE = re.compile(r'"([a-z_]+\.[a-z_]+)"')
THINGS = {code.partition(".")[0] for code in SENTENCES}
FORMER = {"account.password_set"}  # recorded once; entries of then are read still
RECORDED = sorted(
    code
    for path in ROOT.glob("*/actions*")
    for file in ([path] if path.is_file() else sorted(path.glob("*.py")))
    for code in CODE.findall(file.read_text(encoding="utf-8"))
    if code.partition(".")[0] in THINGS
)


def test_each_code_that_is_recorded_has_a_sentence():
    assert set(RECORDED) - set(SENTENCES) == set()


def test_each_sentence_is_of_a_code_that_is_recorded():
    assert set(SENTENCES) - FORMER == set(RECORDED)
    assert set(SENTENCES) >= PUBLIC


@pytest.mark.django_db
def test_every_entry_of_a_whole_year_reads_without_code_words():
    world = make.a_bloc(3)
    make.a_locked_set(world)
    make.in_force(world)

    told = [sentence_of(entry) for entry in Entry.objects.all()]

    assert len(told) > 20
    assert [t for t in told if "%(" in t or re.search(r"\d{4}-\d\d-\d\d", t) or "_" in t] == []
