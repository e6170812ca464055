"""Official papers in a backup: versions, printings and withdrawals, and the printings' bytes."""

import pytest
from django.db import Error

from tests.keeping.test_restore import ELSEWHERE, place, put
from tests.web.papers import a_paper, bytes_of
from thidua.documents.actions import print_version, withdraw_paper
from thidua.documents.models import Printing, Version, Withdrawal
from thidua.files.storage import place_of
from thidua.keeping.backup import make_backup, silent
from thidua.keeping.contents import restore_files
from thidua.keeping.seals import Key

pytestmark = pytest.mark.django_db
__all__ = ["place"]


def test_a_paper_comes_back_with_its_printings_and_stays_a_record(world, shelf, folder, place):
    version = a_paper()
    withdraw_paper(version, by=world.heads[0], reason="Sai")
    whole = bytes_of(version)
    printed = [printing.blob.digest for printing in print_version(version)]
    backup = make_backup(shelf, why="by_hand")

    put(backup, place)
    for digest in printed:
        (folder / place_of(digest)).unlink()
    restore_files(backup.folder, backup.manifest, Key(), but=set(), step=silent)

    there = Version.objects.using(ELSEWHERE).get(code=version.code)
    assert (there.official, there.text) == (version.official, version.text)
    found = Printing.objects.using(ELSEWHERE).filter(version=there.pk).order_by("pk")
    assert [one.blob.digest for one in found.select_related("blob")] == printed
    assert Withdrawal.objects.using(ELSEWHERE).get().reason == "Sai"
    assert bytes_of(version) == whole
    for model, field in ((Version, "title"), (Printing, "family"), (Withdrawal, "reason")):
        with pytest.raises(Error, match="append-only"):
            model.objects.using(ELSEWHERE).update(**{field: "khác"})
