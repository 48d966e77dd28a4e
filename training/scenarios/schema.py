"""The JSON Schema of the format, from which an editor completes and checks while one types.

    Script, Scene, Choice …  ──▸  content/schema/scenario.schema.json

A scenario names it in its first line: `# yaml-language-server: $schema=…`.
"""

import json

from training.scenarios.script import Script


def schema_text() -> str:
    """The schema as content/schema/scenario.schema.json holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema.update(Script.model_json_schema(by_alias=True))
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
