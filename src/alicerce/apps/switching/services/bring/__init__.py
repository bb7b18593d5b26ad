"""Bring what a dump holds: table by table, a few hundred rows a transaction, each row once."""
