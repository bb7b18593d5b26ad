"""Endpoints of forecasts."""
