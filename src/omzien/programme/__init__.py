"""Plan, indicators, effects, money and reports: reads all lines, is read by none of them."""
