"""What Django is told of a database, made of its address."""

from typing import Any

import environ


def database(url: str, *, timeout: int = 20, keep_open: int = 60) -> dict[str, Any]:
    """Return the entry of DATABASES for ``url`` (`sqlite:///…` or `postgres://…`).

    ``timeout``: seconds that a writer of SQLite waits for another. ``keep_open``: seconds that a
    connection to PostgreSQL is kept.
    """
    told: dict[str, Any] = environ.Env.db_url_config(url)
    if told["ENGINE"].endswith("sqlite3"):
        told["ENGINE"] = "thidua.core.sqlite3"
        # A signature that was acknowledged survives a power cut: full sync on every commit.
        told["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": timeout,
            # All that the pages ask stays parsed: to parse a long one costs more than to answer it.
            "cached_statements": 2_000,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        }
    else:
        told["ENGINE"] = "thidua.core.postgresql"
        told |= {"CONN_MAX_AGE": keep_open, "CONN_HEALTH_CHECKS": True}
    return told
