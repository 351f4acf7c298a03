"""One function per thing a person can do: the only place where the rooms meet."""
