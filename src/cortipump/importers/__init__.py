"""Outside formats to drafts of facts; nothing here writes."""
