"""Certificate signatures on PDFs (PAdES): keys, certificates, signing, verifying. No database."""

import logging

# A chain that does not hold is an answer that we give, not an event with a traceback in the log.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)
