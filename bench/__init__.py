"""What is measured and printed, and never asserted by the clock."""
