"""What the running system shows of its safeguards, looked at anew each time."""
