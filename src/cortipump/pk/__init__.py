"""Equations: hydrocortisone given, cortisol over the day. No input, no output, no drawing."""
