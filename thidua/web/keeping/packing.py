"""What is known of a person as a ZIP: one page to read and print, and the same as JSON."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from thidua.core import clock
from thidua.keeping.persons import Known
from thidua.web.trail import lines

NAME = "du-lieu-ca-nhan"


def zip_of(known: Known) -> bytes:
    """Return the ZIP's bytes."""
    acts = lines(known.entries(), everything=True)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        page = render_to_string("keeping/person.html", {"known": known, "acts": acts})
        package.writestr(f"{NAME}.html", page)
        told = json.dumps(_as_told(known, acts), ensure_ascii=False, indent=1)
        package.writestr(f"{NAME}.json", told)
    return file.getvalue()


def _as_told(known: Known, acts: list[Any]) -> dict[str, Any]:
    return {
        "format": 1,
        "made_at": timezone.localtime(clock.now()).isoformat(timespec="seconds"),
        "person": known.about,
        "sections": [
            {"what": section.title, "as": section.role, "rows": section.rows}
            for section in known.sections
        ],
        "acts": [
            {
                "at": timezone.localtime(act.at).isoformat(timespec="seconds"),
                "for": act.organization_name,
                "what": act.sentence,
            }
            for act in acts
        ],
    }


def zip_response(known: Known) -> HttpResponse:
    """Answer with the ZIP, which no cache keeps."""
    response = HttpResponse(zip_of(known), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{NAME}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
