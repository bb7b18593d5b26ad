"""Billing cases: figures somebody wrote down, against the rules that bill (`alicerce billing verify`)."""
