"""From a `Document` to a PDF, plain text, Markdown or HTML; all print the same figures."""
