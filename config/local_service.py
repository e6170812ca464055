"""Where the signing service of a person's own machine is asked for: that machine, nowhere else."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

HERE = ("127.0.0.1", "localhost", "::1")


def local_service(url: str) -> str:
    """Return ``url`` without a slash behind it; "" where the way to sign is off.

    The page of signing lets the browser speak to this address, so anything but a WebSocket of the
    machine itself stops the program with a sentence.
    """
    url = url.strip().rstrip("/")
    parts = urlsplit(url)
    if not url:
        return ""
    is_bare = not parts.path and not parts.query and "@" not in parts.netloc
    if parts.scheme not in ("ws", "wss") or parts.hostname not in HERE or not is_bare:
        raise ImproperlyConfigured(
            "VGCA_URL phải là địa chỉ WebSocket của chính máy người ký, như wss://127.0.0.1:8987. "
            "· VGCA_URL must be a WebSocket of the signer's own machine."
        )
    return url
