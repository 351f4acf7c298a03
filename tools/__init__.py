"""Programs that make pages and files of the repository."""
