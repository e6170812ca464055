"""Static files as they are served: hashed, compressed, and the stylesheet in one piece.

In the source the look is one file per component. A phone on a slow line should not ask for each of
them, so collecting the files writes what `app.css` imports into it.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

ENTRY = "css/app.css"
IMPORT = re.compile(r'@import url\("([a-z-]+\.css)"\) layer\((\w+)\)( print)?;')


class JoinedStyles(CompressedManifestStaticFilesStorage):
    """Joins the stylesheet before the files get their hashes."""

    def post_process(
        self, paths: dict[str, tuple[Storage, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        """Put the joined `app.css` in place of the collected one, then go on as ever."""
        if ENTRY in paths and not dry_run:
            joined = InMemoryStorage()
            joined.save(ENTRY, ContentFile(join_imports(paths).encode()))
            self.delete(ENTRY)
            self.save(ENTRY, joined.open(ENTRY))
            paths = {**paths, ENTRY: (joined, ENTRY)}
        yield from super().post_process(paths, dry_run, **options)


def join_imports(paths: dict[str, tuple[Storage, str]]) -> str:
    """Return `app.css` with each import written out inside its layer (and its medium)."""

    def text_of(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode("utf-8"))

    def written_out(found: re.Match[str]) -> str:
        file, layer, medium = found.groups()
        body = f"@layer {layer} {{\n{text_of(f'css/{file}')}\n}}"
        return f"@media print {{\n{body}\n}}" if medium else body

    return IMPORT.sub(written_out, text_of(ENTRY))
