"""From a letter's text to typed mentions: dates, amounts, measures, numbers, each with its place."""
