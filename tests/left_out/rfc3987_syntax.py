"""Stands before the package of this name, which takes a second to load in every process that imports jsonschema."""

raise ImportError("no test validates an IRI, and jsonschema does without")
