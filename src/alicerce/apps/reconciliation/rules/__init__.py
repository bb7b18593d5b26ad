"""The arithmetic of reconciliation: plain Python."""
