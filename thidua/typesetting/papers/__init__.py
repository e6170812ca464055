"""One module for each paper: its facts as a dataclass, and `compose`, which makes an Official."""
