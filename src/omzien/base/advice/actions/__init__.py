"""What is written down about advice: counts of offers, gaps, and other weights."""
