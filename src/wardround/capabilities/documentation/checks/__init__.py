"""The checks themselves, a few to a file by what they ask; ``guardrails.py`` lists them."""
