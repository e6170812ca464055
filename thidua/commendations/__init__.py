"""The register of awards that were decided."""
