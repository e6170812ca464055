"""Certificate signatures on PDFs (PAdES): keys, certificates, signing, verifying. No database."""
