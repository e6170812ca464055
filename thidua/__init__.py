"""Thi Đua: the year of an emulation bloc, from the founding to the public."""
