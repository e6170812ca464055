"""What these tests share: who was told of what was done to their way in."""

import pytest

from thidua.accounts.signals import owner_concerned


@pytest.fixture
def told():
    """Collect (user id, sentence, address) of each owner who is told."""
    told = []

    def note(user, sentence, facts, address, **more):
        told.append((user.pk, sentence % facts, address))

    owner_concerned.connect(note, weak=False, dispatch_uid="test")
    yield told
    owner_concerned.disconnect(dispatch_uid="test")
