"""Measurements, periodic reports, and the evidence behind them."""
