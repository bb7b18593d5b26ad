"""Reads of hosting: what pages and use cases need to see."""
