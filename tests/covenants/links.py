"""What tests of signing links make: a contact, a link with its secret, the code that was mailed."""

from tests import factories as make
from tests.kept import kept
from thidua.covenants.actions.contacts import ContactFacts, enter_contact
from thidua.covenants.actions.linking import make_link, send_code
from thidua.covenants.codes import code_of
from thidua.covenants.models import Contact, Covenant, SigningLink

ADDRESS = "chu.tich@hoi.example"


@kept
def a_contact(world: make.World, member: int, *, by: make.Acting | None = None) -> Contact:
    """Enter a head of the member who has no account; by its officer, unless told otherwise."""
    unit = world.members[member]
    facts = ContactFacts("Nguyễn Thị Ví Dụ", "Chủ tịch", ADDRESS, collective="Ban Thường vụ")
    return enter_contact(unit, facts, by=by or make.officer(unit))


def a_link(
    world: make.World, covenant: Covenant, member: int = 1, *, hours: int = 24
) -> tuple[SigningLink, str]:
    """Let the leader make a link for a contact that the member itself entered before."""
    contact = a_contact(world, member)
    return make_link(covenant, contact, by=world.heads[0], hours=hours)


def a_code(link: SigningLink) -> str:
    """Ask for a code and return the one that the mail carries."""
    return code_of(send_code(link))


def wrong(code: str) -> str:
    """Return six digits that are not the code."""
    return f"{(int(code) + 1) % 10**6:06d}"
