"""Results to pages: values with derivations, statements, sections, exhibits, renderers."""
