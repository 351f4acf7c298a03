"""The parts that letters and packets are put together from, one module per subject."""
