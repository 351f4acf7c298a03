"""The made-up clinical story as plain data: who, when, what it cost; no file formats here."""
