"""Before and after an index date, for one person: counted honestly, with what to doubt."""
