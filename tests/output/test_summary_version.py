"""The fields of ``summary.json`` do not change behind the back of its version."""

import hashlib
import json

from validator.output.summary import SCHEMA_VERSION, Summary

# Version → digest of all fields. Fields were added or changed: a new version and a new line.
FIELDS = {"1.1": "3b376cece91381bd"}


def test_other_fields_have_another_version():
    schema = Summary.model_json_schema()
    fields = {name: sorted(part["properties"]) for name, part in schema["$defs"].items()}
    fields["Summary"] = sorted(schema["properties"])
    digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:16]
    assert FIELDS[SCHEMA_VERSION] == digest
