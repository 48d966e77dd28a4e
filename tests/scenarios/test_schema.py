"""The schema that editors use."""

import json

from training.scenarios.schema import schema_text
from training.scenarios.script import Script
from training.skills import CONTENT


def test_the_example_of_the_module():
    """Write content/schema/scenario.schema.json anew with schema_text() when this fails."""
    path = CONTENT / "schema" / "scenario.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text()


def test_the_schema_knows_the_words_of_the_file_and_not_those_of_the_code():
    schema = json.loads(schema_text())
    assert set(Script.model_fields) == set(schema["properties"])
    assert "if" in schema["$defs"]["Route"]["properties"]
    assert schema["additionalProperties"] is False
