"""What is known of the world, as data with sources."""
