"""Which words of its sentence belong to a figure: dates, kinds of amount, times to count over."""
