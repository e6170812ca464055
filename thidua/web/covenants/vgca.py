"""The names that the signing service of Ban Cơ yếu Chính phủ (VGCA) is spoken to in: all of them.

Read off public front ends and their upload handlers (docs/ways-to-sign.md names them); the service
itself could not be tried. Whoever finds a name to be another changes it here, and only here: the
page hands this table to `js/local-signer-vgca.js`, and the little service of our tests reads it.
"""

from typing import Any

# Function of the plug-in's script → where on the service its socket is opened.
CALLS = {"approved": "/SignApproved", "issued": "/SignIssued"}
# What the page sends, as one JSON text.
REQUEST = {
    "file": "FileName",
    "handler": "FileUploadHandler",
    "session": "SessionId",
    "token": "JWTToken",
    "metadata": "MetaData",
}
METADATA = {"name": "Key", "value": "Value"}
# Sent with a call beside the above. Left empty: nothing is to be printed upon a frozen paper.
MORE: dict[str, dict[str, str]] = {"approved": {}, "issued": {"DocNumber": "", "IssuedDate": ""}}
# What the service answers, as one JSON text; then it is closed.
ANSWER = {"status": "Status", "message": "Message"}
DONE = 0
# The part of the form in which the service brings the signed file, and what it is answered.
UPLOADED = "uploadfile"


def names() -> dict[str, Any]:
    """Return what the page's script needs of the table."""
    return {
        "calls": CALLS,
        "request": REQUEST,
        "metadata": METADATA,
        "more": MORE,
        "answer": ANSWER,
        "done": DONE,
    }


def answer_of_handler(*, is_taken: bool, message: str, name: str) -> dict[str, Any]:
    """Return what the service is answered after it brought a file: ``Status`` is true or false."""
    return {"Status": is_taken, "Message": message, "FileName": name, "FileServer": ""}
