"""Dated facts about one person, and the file that keeps them."""
