"""Forecasts as rows read them."""
