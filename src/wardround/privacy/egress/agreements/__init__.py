"""Business associate agreements: the register, and the signed papers."""
