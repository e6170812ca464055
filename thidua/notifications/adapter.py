"""Mail of the sign-in library goes through the outbox: queued, tried again, never lost."""

from typing import Any
from uuid import uuid4

from allauth.core import context as running
from django.contrib.sites.shortcuts import get_current_site

from thidua.accounts.adapter import HouseAdapter
from thidua.notifications.actions.telling import write_mail
from thidua.notifications.codes import RESET, mark_of


class OutboxAdapter(HouseAdapter):
    """The house's ways with accounts, its mail by way of the outbox."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail. What lets its reader in is put in when it goes out.

        So the page answers as fast for an address that nobody has, and tells nothing by its time.
        """
        told = {"email": email, "current_site": get_current_site(running.request), **context}
        message = self.render_mail(template_prefix, email, told)
        text = str(message.body)
        if "key" in context and "uid" in context:
            secret = f"{context['uid']}-{context['key']}"
            text = text.replace(secret, mark_of(RESET, context["user"].pk))
        write_mail(key=f"account:{uuid4().hex}", address=email, subject=message.subject, text=text)
