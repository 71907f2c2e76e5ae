"""The OpenAPI document is a promise: it changes only when somebody means it.

`UPDATE_SNAPSHOTS=1 pytest tests/newsroom/test_openapi.py` writes the snapshot anew.
"""

import json
import os
from pathlib import Path

SNAPSHOT = Path(__file__).parent.parent / "snapshots" / "openapi.json"


def ours(document):
    """Return what Sala adds to Wagtail's document: its endpoints, and the shapes they use."""
    paths = {
        path: operations
        for path, operations in document["paths"].items()
        if path.startswith(("/api/v3/accessibility/", "/api/v3/news/", "/api/v3/site/"))
    }
    known, wanted = {}, names(paths)
    while wanted:
        name = wanted.pop()
        known[name] = document["components"]["schemas"][name]
        wanted |= names(known[name]) - known.keys()
    return {"paths": paths, "schemas": known}


def names(part):
    text = json.dumps(part)
    return {each.split('"')[0] for each in text.split("#/components/schemas/")[1:]}


def test_the_openapi_document_is_as_it_was(client, db):
    found = json.dumps(
        ours(client.get("/api/v3/openapi.json").json()),
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )
    # As RFC 9110 names 422, which Python does since 3.13.
    found = found.replace("Unprocessable Entity", "Unprocessable Content")
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.parent.mkdir(exist_ok=True)
        SNAPSHOT.write_text(found + "\n", encoding="utf-8")
    assert found + "\n" == SNAPSHOT.read_text(encoding="utf-8"), (
        "The API has changed. If that is meant, say so in CHANGELOG.md, and write the snapshot "
        "anew: UPDATE_SNAPSHOTS=1 pytest tests/newsroom/test_openapi.py"
    )


def test_every_shape_and_parameter_is_described(client, db):
    document = ours(client.get("/api/v3/openapi.json").json())
    foreign = {"ProblemDetail"}
    undescribed = [
        name
        for name, schema in document["schemas"].items()
        if name not in foreign and not schema.get("description")
    ]
    assert not undescribed
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            for parameter in operation.get("parameters", []):
                assert parameter["schema"].get("description"), (path, parameter["name"])


def test_the_documentation_page_asks_nobody_else(client, db):
    html = client.get("/api/v3/docs/").content.decode()
    assert "swagger" in html
    assert "https://" not in html
    assert "//cdn" not in html
