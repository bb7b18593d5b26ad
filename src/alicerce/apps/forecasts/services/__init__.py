"""Forecasts are asked for, taken on, stopped and forgotten."""
