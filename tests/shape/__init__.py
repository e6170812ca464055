"""Tests about the code itself and the commands around it."""
