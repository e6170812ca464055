"""The stylesheet is served in one piece."""

from django.contrib.staticfiles.finders import get_finders

from thidua.web.storage import ENTRY, IMPORT, join_imports


def _paths():
    return {
        name: (storage, name)
        for finder in get_finders()
        for name, storage in finder.list([])
        if name.startswith("css/")
    }


def test_every_import_is_written_out_inside_its_layer():
    paths = _paths()
    storage, path = paths[ENTRY]
    with storage.open(path) as file:
        layers = [layer for _file, layer, _medium in IMPORT.findall(file.read().decode())]

    joined = join_imports(paths)

    assert len(layers) > 20
    assert "@import" not in joined
    assert joined.count("@layer utilities {") == layers.count("utilities")
    assert "@media print {\n@layer utilities {" in joined
