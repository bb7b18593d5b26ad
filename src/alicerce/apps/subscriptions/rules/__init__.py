"""When a subscription is billed, and for which days. Pure functions."""
