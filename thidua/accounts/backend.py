"""Who is signed in: the account with its person, whose name every page and every act tells."""

from allauth.account.auth_backends import AuthenticationBackend

from thidua.accounts.models import User


class HouseBackend(AuthenticationBackend):
    """Sign-in as django-allauth does it; each request reads the account and its person at once."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account that a session names, or None where it is closed or gone."""
        try:
            user: User = User.objects.select_related("person").get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None
