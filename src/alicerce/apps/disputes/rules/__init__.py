"""How disputes are judged: plain arithmetic and tables."""
