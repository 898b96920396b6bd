"""What the description of the interface (`GET /api/openapi.json`) says of types that only we have."""

from typing import Any

from litestar._openapi.schema_generation import SchemaCreator
from litestar.openapi.spec import OpenAPIType, Schema
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

from bilin.core.ids import Id


class IdSchema(OpenAPISchemaPlugin):
    """An id is a string of digits."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        """Whether it is an id."""
        return isinstance(value, type) and issubclass(value, Id)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: SchemaCreator) -> Schema:
        """The schema of all ids."""
        return Schema(type=OpenAPIType.STRING, pattern="^-?[0-9]+$", description="64 bits, in decimal")
