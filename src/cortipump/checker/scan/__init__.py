"""From a letter's text to typed mentions: dates, amounts, measures, numbers with their places."""
