"""Letters from files: text, Markdown, Word, PDF and our own web pages, as text with places."""
